// What pages can do without a script, a script does sooner: results as one types, and
// claims and their words that point at each other.
"use strict";

const field = document.querySelector("#q");
const results = document.querySelector("#results");
if (field && results) {
  let timer, running;
  const look = async () => {
    running?.abort();
    running = new AbortController();
    const address = "/search?" + new URLSearchParams({ q: field.value });
    try {
      const reply = await fetch(address, {
        signal: running.signal, headers: { accept: "text/html" },
      });
      if (!reply.ok) return;
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      results.replaceChildren(...page.querySelector("#results").childNodes);
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
}

const marks = [...document.querySelectorAll("mark[data-of]")];
const owners = (mark) => mark.dataset.of.split(" ");
const light = (ids, on) => {
  for (const mark of marks) {
    if (owners(mark).some((id) => ids.includes(id))) mark.classList.toggle("lit", on);
  }
  for (const id of ids) document.getElementById(id)?.classList.toggle("lit", on);
};
for (const item of document.querySelectorAll(".item[id]")) {
  for (const [enter, leave] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
    item.addEventListener(enter, () => light([item.id], true));
    item.addEventListener(leave, () => light([item.id], false));
  }
}
for (const mark of marks) {
  mark.addEventListener("mouseenter", () => light(owners(mark), true));
  mark.addEventListener("mouseleave", () => light(owners(mark), false));
  mark.addEventListener("click", () => {
    document.getElementById(owners(mark)[0])?.scrollIntoView({ block: "nearest" });
  });
}

const drop = document.querySelector("#drop");
if (drop) {
  const files = document.querySelector("#file");
  const add = document.querySelector("#add");
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    add.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.toggle("over", over);
    });
  }
  add.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length > 0) {
      files.files = event.dataTransfer.files;
      add.requestSubmit();
    }
  });
}
