// Paints an SVG as a PNG of at most 256 colours, with resvg.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

import { Resvg } from '@resvg/resvg-js';

const fonts = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', 'source-sans', 'TTF');
const family = 'Source Sans 3';
const font = {
  loadSystemFonts: false, // the same image on every machine
  fontFiles: ['Regular', 'Semibold', 'Bold'].map((face) => join(fonts, `SourceSans3-${face}.ttf`)),
  defaultFontFamily: family,
  sansSerifFamily: family,
};

// paint returns, in base64, the PNG of job.option.svg at job.option.scale times its size. The
// pairs of job.option.texts (keyword, text) are written in the file. The narrow no-break space of the
// font is too thin to part thousands: the no-break space stands for it.
export function paint(job) {
  const { svg, scale, texts } = job.option;
  const image = new Resvg(svg.replaceAll('\u202f', '\u00a0'), { font, fitTo: { mode: 'zoom', value: scale }, background: '#ffffff' }).render();
  const { width, height } = image;
  if (width > 8000 || height > 8000) throw new Error(`the image has ${width} × ${height} pixels`);
  const buffer = image.pixels;
  const pixels = new Uint32Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength));
  return encode(width, height, pixels, texts ?? []).toString('base64');
}

// encode writes an indexed PNG. Pixels are opaque, red in the lowest byte.
function encode(width, height, pixels, texts) {
  const { palette, index } = reduce(pixels);
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter: none
  let last = -1;
  let at = 0;
  for (let y = 0; y < height; y++) {
    const row = (width + 1) * y + 1;
    for (let x = 0; x < width; x++) {
      const colour = pixels[y * width + x];
      if (colour !== last) {
        last = colour;
        at = index.get(colour);
      }
      rows[row + x] = at;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // eight bits an index, palette
  const colours = Buffer.from(palette.flatMap((c) => [c & 255, (c >> 8) & 255, (c >> 16) & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...texts.map(([keyword, text]) => chunk('iTXt', Buffer.concat([Buffer.from(keyword, 'latin1'), Buffer.alloc(5), Buffer.from(text)]))),
    chunk('PLTE', colours),
    // The highest level takes ten times as long, to save a twentieth.
    chunk('IDAT', deflateSync(rows, { level: 6, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

// reduce chooses at most 256 colours, and tells which one stands for each colour of the image:
// the box of colours that varies most, weighed by its pixels, is cut in two until there are enough.
function reduce(pixels) {
  const counts = new Map();
  for (let i = 0; i < pixels.length;) {
    const colour = pixels[i];
    let end = i + 1;
    while (end < pixels.length && pixels[end] === colour) end++;
    counts.set(colour, (counts.get(colour) ?? 0) + end - i);
    i = end;
  }
  let boxes = [[...counts.keys()]];
  if (counts.size <= 256) boxes = boxes[0].map((c) => [c]);
  boxes = boxes.map((colours) => measure(colours, counts));
  while (boxes.length < 256 && counts.size > 256) {
    let widest = 0;
    for (let i = 1; i < boxes.length; i++) if (boxes[i].worth > boxes[widest].worth) widest = i;
    const { colours, shift } = boxes[widest];
    if (colours.length < 2) break;
    colours.sort((a, b) => ((a >> shift) & 255) - ((b >> shift) & 255) || a - b);
    const middle = cut(colours, counts);
    boxes.splice(widest, 1, measure(colours.slice(0, middle), counts), measure(colours.slice(middle), counts));
  }
  const index = new Map();
  boxes.forEach(({ colours }, i) => colours.forEach((c) => index.set(c, i)));
  return { palette: boxes.map((b) => b.common), index };
}

// measure tells how much a box of colours varies, along which channel, and its commonest colour:
// flat areas keep theirs to the last bit.
function measure(colours, counts) {
  let [worth, shift, pixels, common] = [0, 0, 0, colours[0]];
  for (const c of colours) {
    pixels += counts.get(c);
    if (counts.get(c) > counts.get(common)) common = c;
  }
  for (const channel of [0, 8, 16]) {
    let [low, high] = [255, 0];
    for (const c of colours) {
      const v = (c >> channel) & 255;
      if (v < low) low = v;
      if (v > high) high = v;
    }
    const range = (high - low) ** 2 * Math.sqrt(pixels);
    if (range > worth) [worth, shift] = [range, channel];
  }
  return { colours, worth: colours.length > 1 ? worth : -1, shift, common };
}

// cut returns where the sorted colours of a box part in two of about as many pixels.
function cut(colours, counts) {
  const total = colours.reduce((sum, c) => sum + Math.sqrt(counts.get(c)), 0);
  let sum = 0;
  for (let i = 0; i < colours.length - 1; i++) {
    sum += Math.sqrt(counts.get(colours[i]));
    if (sum >= total / 2) return i + 1;
  }
  return colours.length - 1;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let sum = 0xffffffff;
  for (const byte of body) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((sum ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}
