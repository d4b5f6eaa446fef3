// Looking for words in the projects, whatever their case and accents.

// plain is a text without case nor accents; « œ » is two letters.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae");

// words are what is looked for: each must be found somewhere in a project.
export function words(text) {
  return plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// prepare gives each project its place in the list, and the text that words are looked for in.
export function prepare(list) {
  list.forEach((project, i) => {
    project.place = i;
    project.text = plain([project.n, project.t, project.h, project.s ?? ""].join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ");
  });
}

export const matches = (project, wanted) => wanted.every((word) => project.text.includes(word));
