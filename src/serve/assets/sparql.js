// The field for SPARQL: its words are coloured, and prefixes, terms, variables and keywords
// are completed. Without a script it is a plain field.
"use strict";

const area = document.querySelector("#query");
const editor = document.querySelector("#editor");
const KEYWORDS = ("ASK AS ASC BASE BIND BOUND BY CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DELETE DESC "
  + "DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING IF IN INSERT LANG LCASE "
  + "LIMIT MAX MIN MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED REGEX SAMPLE SELECT SEPARATOR "
  + "STR STRENDS STRSTARTS SUM UNION UNDEF VALUES WHERE WITH a").split(" ");
const TOKEN = new RegExp([
  "(?<comment>#[^\\n]*)",
  "(?<iri><[^<>\\s]*>)",
  "(?<string>\"\"\"[^]*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')",
  "(?<variable>[?$]\\w+)",
  "(?<term>[\\w-]*:[\\w-]*)",
  "(?<keyword>\\b(?:" + KEYWORDS.join("|") + ")\\b)",
].join("|"), "gi");

const code = document.createElement("pre");
code.className = "code";
code.setAttribute("aria-hidden", "true");
editor.prepend(code);
editor.classList.add("live");

/** The same words behind the field, coloured. */
function colour() {
  const text = area.value;
  code.replaceChildren();
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    if (kind === "keyword" && match[0] !== "a" && match[0] === "A") continue;
    code.append(text.slice(at, match.index));
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = match[0];
    code.append(span);
    at = match.index + match[0].length;
  }
  code.append(text.slice(at) + "\n");
  code.scrollTop = area.scrollTop;
}

let known = { prefixes: {}, terms: {} };
const list = document.createElement("ul");
list.id = "completions";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Completions");
editor.append(list);
area.setAttribute("aria-autocomplete", "list");
area.setAttribute("aria-controls", "completions");

const MOST = 12;
let chosen = -1;

/** The word before the cursor, and where it begins. */
function word() {
  const before = area.value.slice(0, area.selectionStart);
  const found = before.match(/(?:[?$]|[\w-]+:)?[\w-]*$/)[0];
  return { found, start: area.selectionStart - found.length };
}

function candidates(found) {
  if (found.length < 1) return [];
  const low = found.toLowerCase();
  const fits = (name) => name.toLowerCase().startsWith(low) && name !== found;
  if (/^[?$]/.test(found)) {
    const names = new Set(area.value.match(/[?$]\w+/g));
    return [...names].filter(fits).map((name) => [name, "variable"]);
  }
  if (found.includes(":")) return Object.entries(known.terms).filter(([name]) => fits(name));
  const prefixes = Object.entries(known.prefixes).map(([name, iri]) => [name + ":", iri]);
  const words = found.length > 1 ? KEYWORDS.map((name) => [name, "keyword"]) : [];
  return [...prefixes, ...words].filter(([name]) => fits(name));
}

function close() {
  list.hidden = true;
  list.replaceChildren();
  chosen = -1;
  area.removeAttribute("aria-activedescendant");
}

function offer() {
  const some = candidates(word().found).slice(0, MOST);
  close();
  for (const [index, [name, meaning]] of some.entries()) {
    const item = document.createElement("li");
    item.id = "completion-" + index;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.name = name;
    const small = document.createElement("small");
    small.textContent = meaning;
    item.append(name, small);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      complete(name);
    });
    list.append(item);
  }
  list.hidden = some.length === 0;
}

function choose(step) {
  const items = [...list.children];
  chosen = (chosen + step + items.length) % items.length;
  for (const [index, item] of items.entries()) {
    item.setAttribute("aria-selected", String(index === chosen));
  }
  items[chosen].scrollIntoView({ block: "nearest" });
  area.setAttribute("aria-activedescendant", items[chosen].id);
}

function complete(name) {
  const { start } = word();
  area.setRangeText(name, start, area.selectionStart, "end");
  close();
  colour();
  area.focus();
  if (name.endsWith(":")) offer();
}

area.addEventListener("input", () => { colour(); offer(); });
area.addEventListener("scroll", () => { code.scrollTop = area.scrollTop; });
area.addEventListener("blur", close);
area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    area.form.requestSubmit();
  }
  if (list.hidden) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    choose(step);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close();
  } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) {
    event.preventDefault();
    complete(list.children[chosen].dataset.name);
  }
});

colour();
fetch("/assets/terms.json").then((reply) => reply.json()).then((terms) => { known = terms; });
