// Makes the index of the search from its documents.
import MiniSearch from 'minisearch';

import { options } from '../scripts/lib/search.js';

// makeIndex returns the index of {id, title, kind, path, about, words} as a JSON text, in base64.
export function makeIndex({ option }) {
  const index = new MiniSearch(options);
  index.addAll(option);
  return Buffer.from(JSON.stringify(index)).toString('base64');
}
