// Makes a web font out of a face of Source Sans: the characters asked for, what CSS needs to
// set them, compressed as WOFF2.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import subset from 'subset-font';

import { Font } from './font.mjs';

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
  const made = await subset(readFileSync(path), characters, {
    targetFormat: 'woff2', keepFeatures: features, preserveNameIds: names,
  });
  return made.toString('base64');
}

function code(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
