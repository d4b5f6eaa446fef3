// Widths of text from the tables of a TrueType font: head and hhea for the scale, cmap
// for the glyph of a character, hmtx for its advance. Kerning is left out, so a width is
// at most a little too large.
import { readFileSync } from 'node:fs';

// narrowSpace is the width on the pages, in em, of the narrow no-break space that stands between
// thousands: a sixth. That of Source Sans, 0.12, is too thin to part figures in running text.
export const narrowSpace = 1 / 6;

export class Font {
  #advances; // per glyph, in em
  #glyphs; // code point to glyph

  constructor(path) {
    const file = readFileSync(path);
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const table = tables(view);
    const unitsPerEm = view.getUint16(table('head') + 18);
    const metrics = view.getUint16(table('hhea') + 34);
    this.#advances = Array.from({ length: metrics }, (_, i) => view.getUint16(table('hmtx') + 4 * i) / unitsPerEm);
    this.#glyphs = characters(view, table('cmap'));
  }

  // glyph returns the glyph of a character, 0 when the font has none.
  glyph(character) {
    return this.#glyphs.get(character.codePointAt(0)) ?? 0;
  }

  // has tells whether the font draws a character.
  has(character) {
    return this.glyph(character) !== 0;
  }

  // width returns the width of a line of text on the pages, in em.
  width(text) {
    let total = 0;
    for (const character of text) {
      total += character === '\u202f' ? narrowSpace : this.#advances[Math.min(this.glyph(character), this.#advances.length - 1)];
    }
    return total;
  }
}

// tables returns the function that tells where the table of a tag begins.
export function tables(view) {
  const offsets = new Map();
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + 16 * i;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((j) => view.getUint8(record + j)));
    offsets.set(tag, view.getUint32(record + 8));
  }
  return (tag) => {
    if (!offsets.has(tag)) throw new Error(`police sans table ${tag}`);
    return offsets.get(tag);
  };
}

function characters(view, cmap) {
  const glyphs = new Map();
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const subtable = cmap + view.getUint32(cmap + 4 + 8 * i + 4);
    const format = view.getUint16(subtable);
    if (format === 4) segments(view, subtable, glyphs);
    if (format === 12) groups(view, subtable, glyphs);
  }
  return glyphs;
}

// segments reads a cmap subtable of format 4, which covers the basic plane.
function segments(view, at, glyphs) {
  const count = view.getUint16(at + 6) / 2;
  const [ends, starts] = [at + 14, at + 16 + 2 * count];
  const [deltas, ranges] = [starts + 2 * count, starts + 4 * count];
  for (let s = 0; s < count; s++) {
    const [start, end] = [view.getUint16(starts + 2 * s), view.getUint16(ends + 2 * s)];
    const [delta, range] = [view.getInt16(deltas + 2 * s), view.getUint16(ranges + 2 * s)];
    for (let c = start; c <= end && c !== 0xffff; c++) {
      let glyph = c;
      if (range !== 0) {
        glyph = view.getUint16(ranges + 2 * s + range + 2 * (c - start));
        if (glyph === 0) continue;
      }
      glyphs.set(c, (glyph + delta) & 0xffff);
    }
  }
}

// groups reads a cmap subtable of format 12, which covers every plane.
function groups(view, at, glyphs) {
  for (let g = 0; g < view.getUint32(at + 12); g++) {
    const group = at + 16 + 12 * g;
    const first = view.getUint32(group);
    for (let c = first; c <= view.getUint32(group + 4); c++) {
      glyphs.set(c, view.getUint32(group + 8) + c - first);
    }
  }
}
