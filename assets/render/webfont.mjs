// Makes a web font out of a face of Source Sans: the characters asked for, what CSS needs to
// set them, compressed as WOFF2.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import subset from 'subset-font';

import { Font, narrowSpace, tables } from './font.mjs';

const fonts = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', 'source-sans', 'TTF');

// Kerning, ligatures, accents put together, and the figures that font-variant-numeric chooses.
const features = ['calt', 'ccmp', 'kern', 'liga', 'lnum', 'locl', 'mark', 'mkmk', 'pnum', 'tnum'];

// The licence and its address, beside the names and the copyright that a subset keeps anyway.
const names = [13, 14];

// makeFont returns, in base64, the characters job.option.characters of the face
// job.option.face. A character that the face lacks is an error: no page may count on it.
export async function makeFont(job) {
  const { face, characters } = job.option;
  const path = join(fonts, `SourceSans3-${face}.ttf`);
  const font = new Font(path);
  const lacking = [...characters].filter((character) => !font.has(character));
  if (lacking.length > 0) throw new Error(`SourceSans3-${face} lacks ${lacking.map(code).join(' ')}`);
  const file = readFileSync(path);
  widen(file, font.glyph('\u202f'));
  rename(file);
  const made = await subset(file, characters, { targetFormat: 'woff2', keepFeatures: features, preserveNameIds: names });
  return made.toString('base64');
}

// widen gives the narrow no-break space, glyph of the font in file, the width it has on the pages.
function widen(file, glyph) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const table = tables(view);
  if (glyph >= view.getUint16(table('hhea') + 34)) throw new Error('the narrow no-break space has no width of its own');
  view.setUint16(table('hmtx') + 4 * glyph, Math.round(narrowSpace * view.getUint16(table('head') + 18)));
}

// rename changes the names that the font in file bears (family, identifier, full and PostScript
// names): its licence reserves « Source » to the font that nobody has altered.
function rename(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const table = tables(view)('name');
  const strings = table + view.getUint16(table + 4);
  for (let i = 0; i < view.getUint16(table + 2); i++) {
    const record = table + 6 + 12 * i;
    if (![1, 3, 4, 6, 16].includes(view.getUint16(record + 6))) continue;
    const start = strings + view.getUint16(record + 10);
    const text = file.subarray(start, start + view.getUint16(record + 8));
    for (let at = text.indexOf(reserved); at >= 0; at = text.indexOf(reserved)) given.copy(text, at);
  }
}

// Both have six letters, so that the table keeps its shape; in UTF-16, the higher byte first.
const [reserved, given] = ['Source', 'Region'].map((name) => Buffer.from(name, 'utf16le').swap16());

function code(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
