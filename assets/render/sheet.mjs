// Sets a printed sheet as a PDF/UA-1 file with Typst.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

import { Font } from './font.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const faces = ['Regular', 'It', 'Semibold', 'Bold']
  .map((face) => join(here, '..', 'node_modules', 'source-sans', 'TTF', `SourceSans3-${face}.ttf`));
const regular = new Font(faces[0]);

// The template reads no file: its workspace holds nothing but this code.
const compiler = NodeCompiler.create({ workspace: here, fontArgs: [{ fontBlobs: faces.map((f) => readFileSync(f)) }] });

// setSheet returns, in base64, the PDF of job.template filled with job.option. Type is set
// smaller, step by step, until the sheet has job.pages pages.
export function setSheet(job) {
  const data = legible(job.option);
  let pages = 0;
  for (let tightness = 0; tightness <= 6; tightness++) {
    const sheet = JSON.stringify({ ...data, tightness });
    const done = compiler.compile({ mainFileContent: job.template, inputs: { sheet } });
    if (done.hasError()) throw new Error(said(done.takeDiagnostics()));
    pages = done.result.numOfPages;
    if (pages > job.pages) continue;
    if (pages < job.pages) break;
    const pdf = compiler.pdf(done.result, { pdfStandard: 'ua-1', creationTimestamp: job.timestamp });
    compiler.evictCache(10);
    return Buffer.from(pdf).toString('base64');
  }
  throw new Error(`the sheet has ${pages} pages instead of ${job.pages}`);
}

// legible replaces the characters that the font lacks, of which PDF/UA wants none.
function legible(value) {
  if (typeof value === 'string') {
    return [...value].map((c) => (c === '\n' || regular.has(c) ? c : '□')).join('');
  }
  if (Array.isArray(value)) return value.map(legible);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, legible(v)]));
  }
  return value;
}

function said(diagnostics) {
  return compiler.fetchDiagnostics(diagnostics).map((d) => [d.message, ...(d.hints ?? [])].join(' – ')).join('; ');
}
