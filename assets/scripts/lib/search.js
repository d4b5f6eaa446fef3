// What the index of the search is made with, at build time, and read with, in the browser.

const marks = /[\u0300-\u036f]/g;

// fold puts a word in the form it is compared in: lower case, without accents nor ligatures.
export function fold(word) {
  return word.normalize("NFD").replace(marks, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae");
}

// small words say nothing.
const small = new Set(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "un", "une"]);

// options say what is searched: the title, then words beside it (number, code, holder).
// A result bears its title, its kind, the path of its page in the site and one line about it.
export const options = {
  fields: ["title", "words"],
  storeFields: ["title", "kind", "path", "about"],
  tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word),
  processTerm: (word) => (small.has(fold(word)) ? null : fold(word)),
  searchOptions: {
    boost: { title: 3 },
    prefix: (word) => word.length > 1,
    fuzzy: (word) => (word.length > 3 ? 0.2 : false),
    combineWith: "AND",
    boostDocument: (id, term, stored) => weight[stored.kind] ?? 1,
  },
};

// Among equals, places and indicators come before projects.
const weight = { Région: 3, Département: 2.2, Indicateur: 2, Page: 1.6, Porteur: 1.2 };
