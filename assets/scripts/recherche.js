// The search: an index made at build time, fetched at the first query, read in the browser. What is
// asked stands in the address.
import MiniSearch from "minisearch";

import { addressOf, fileLink, readAddress } from "./lib/address.js";
import { el } from "./lib/dom.js";
import { departmentOf, finessOf } from "./lib/finess.js";
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

// saidOfESSMS is that line where a FINESS number is not found: ESSMS are not searched, which says nothing of theirs.
function saidOfESSMS(query, somewhere) {
  return "Aucun résultat pour " + quoted(query) + ", mais la recherche ne porte pas sur les ESSMS\u00a0: " +
    (somewhere ? "un numéro FINESS se cherche dans ces listes." : "l’édition " + edition.selectedOptions[0].text + " n’en publie pas la liste.");
}

// listsOfESSMS are where the edition may hold the ESSMS of that number: the list of its department, where the site has
// one, and the file of them all; none where the edition publishes none.
function listsOfESSMS(number, index) {
  const year = edition.selectedOptions[0].text;
  const offered = document.querySelector("#recherche-essms [data-edition='" + year + "']");
  const file = offered?.querySelector("a[download]");
  const code = departmentOf(number);
  const lists = [];
  if (offered?.dataset.departments.split(" ").includes(code)) {
    const path = year + "/departements/" + code + "/";
    const [department] = index.search(code, { filter: (result) => result.path === path });
    lists.push({
      title: "ESSMS financés\u00a0: " + (department ? department.title + " (" + code + ")" : code), path: path + "essms/", kind: "Liste",
      about: "Édition " + year + ". Le début d’un numéro FINESS indique le plus souvent le département.",
    });
  }
  if (file) lists.push({ title: "Tous les ESSMS financés", href: file.getAttribute("href"), kind: "Fichier CSV", about: "Édition " + year + "." });
  return lists;
}

function entry(result) {
  return el("li", {},
    el("a", { href: result.href ?? fileLink(root + result.path) }, result.title),
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
    const number = finessOf(query);
    const found = number ? index.search(number, { fuzzy: false, prefix: false }) : index.search(query); // a number is right or another's
    if (number && found.length === 0) {
      const lists = listsOfESSMS(number, index);
      status.textContent = saidOfESSMS(query, lists.length > 0);
      list.replaceChildren(...lists.map(entry));
      return;
    }
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
