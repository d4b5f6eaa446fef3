// The renderer process of the atlas: one JSON request a line on standard input, one JSON
// answer a line on standard output, in the same order.
//
//   {"seq": 1, "kind": "chart", "width": 560, "height": 300, "option": {…}}
//   {"seq": 2, "kind": "sheet", "template": "…", "pages": 2, "timestamp": 0, "option": {…}}
//   {"seq": 3, "kind": "font", "option": {"face": "Regular", "characters": "…"}}
//   {"seq": 4, "kind": "image", "option": {"svg": "<svg…", "scale": 2, "texts": [["Title", "…"]]}}
//   {"seq": 5, "kind": "index", "option": [{"id": 0, "title": "…", …}]}
//   {"seq": 1, "result": "<svg…"}  or  {"seq": 1, "error": "what went wrong"}
//
// A new kind of job is one entry of kinds. Standard output carries answers only; whatever
// a library logs goes to standard error.
import { createInterface } from 'node:readline';

for (const level of ['log', 'info', 'debug']) console[level] = console.error;

const kinds = {
  chart: async (job) => (await import('./chart.mjs')).drawChart(job),
  sheet: async (job) => (await import('./sheet.mjs')).setSheet(job),
  image: async (job) => (await import('./image.mjs')).paint(job),
  index: async (job) => (await import('./search.mjs')).makeIndex(job),
  font: async (job) => (await import('./webfont.mjs')).makeFont(job),
};

async function answer(line) {
  let seq = 0;
  try {
    const job = JSON.parse(line);
    seq = job.seq;
    if (!Object.hasOwn(kinds, job.kind)) throw new Error(`unknown kind of job: ${job.kind}`);
    return { seq, result: await kinds[job.kind](job) };
  } catch (error) {
    return { seq, error: String(error?.message ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(JSON.stringify(await answer(line)) + '\n');
}
