// The search: an index made at build time, fetched at the first query, read in the browser. What is
// asked stands in the address.
import MiniSearch from "minisearch";

import { addressOf, fileLink, readAddress } from "./lib/address.js";
import { el } from "./lib/dom.js";
import { options } from "./lib/search.js";

const most = 40; // results shown
const pause = 120; // milliseconds without a key before a query

const form = document.getElementById("recherche");
const input = form.querySelector("input[type=search]");
const edition = form.querySelector("select");
const status = document.getElementById("recherche-etat");
const list = document.getElementById("recherche-resultats");
const root = form.dataset.root; // relative link to the root of the site

const indexes = new Map(); // by the address of their data: promises

function indexOf(url) {
  if (!indexes.has(url)) {
    const made = window.atlas.data(url).then((data) => MiniSearch.loadJS(data, options));
    made.catch(() => indexes.delete(url));
    indexes.set(url, made);
  }
  return indexes.get(url);
}

function quoted(text) {
  return "«\u00a0" + text + "\u00a0»";
}

// said is the line that tells how many results there are.
function said(query, found) {
  if (found.length === 0) return "Aucun résultat pour " + quoted(query) + " dans l’édition " + edition.selectedOptions[0].text + ".";
  const many = found.length > most ? ", dont voici les " + most + " premiers" : "";
  return found.length + (found.length > 1 ? " résultats" : " résultat") + " pour " + quoted(query) + many + ".";
}

function entry(result) {
  return el("li", {},
    el("a", { href: fileLink(root + result.path) }, result.title),
    " ", el("span", { class: "found-kind" }, result.kind),
    result.about ? el("p", {}, result.about) : null);
}

let asked = 0; // the latest query: a slower answer to a former one is dropped

async function search() {
  const query = input.value.trim();
  const turn = ++asked;
  window.history.replaceState(null, "", addressOf({ q: query, edition: edition.selectedIndex > 0 ? edition.selectedOptions[0].text : "" }));
  if (!query) {
    list.replaceChildren();
    status.textContent = "";
    return;
  }
  try {
    const index = await indexOf(edition.value);
    if (turn !== asked) return;
    const found = index.search(query);
    status.textContent = said(query, found);
    list.replaceChildren(...found.slice(0, most).map(entry));
  } catch (error) {
    if (turn !== asked) return;
    list.replaceChildren();
    status.textContent = "La recherche n’a pu être chargée" + "\u00a0: parcourez le plan du site.";
  }
}

// step moves the focus from the field to the results and among them.
function step(event) {
  const links = [input, ...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
  if (to === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && at === 0) return; // the field empties itself
  event.preventDefault();
  links[Math.max(0, Math.min(to, links.length - 1))].focus();
}

let waiting = 0;
input.addEventListener("input", () => {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(search, pause);
});
edition.addEventListener("change", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
document.addEventListener("keydown", step);

const state = readAddress();
input.value = state.get("q") ?? "";
const wanted = Array.from(edition.options).find((option) => option.text === state.get("edition"));
if (wanted) wanted.selected = true;
form.hidden = false;
if (input.value) search();
input.focus();
