// The board by keys: J and K (or the arrows) walk, Enter opens, X ticks, / goes to the search. The page works without it.
"use strict";

const table = document.querySelector("[data-board]");
const rows = [...(table?.querySelectorAll("[data-board-row]") ?? [])];
const ticks = rows.map((row) => row.querySelector("input[type=checkbox]"));
const all = table?.querySelector("[data-board-all]");
const said = document.querySelector("[data-board-count]");
const silent = said?.textContent;
let at = -1;

const go = (to) => {
  if (!rows.length) return;
  rows[at]?.removeAttribute("aria-current");
  at = Math.max(0, Math.min(rows.length - 1, to));
  rows[at].setAttribute("aria-current", "true");
  rows[at].querySelector("a")?.focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
};

const count = () => {
  const ticked = ticks.filter((tick) => tick.checked).length;
  rows.forEach((row, number) => row.classList.toggle("selected", ticks[number].checked));
  if (all) {
    all.checked = ticked > 0 && ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
  }
  if (said) said.textContent = ticked ? said.dataset.words + ticked : silent;
};

const KEYS = {
  j: () => go(at + 1),
  ArrowDown: () => go(at + 1),
  k: () => go(at - 1),
  ArrowUp: () => go(at - 1),
  x: () => {
    if (at < 0) go(0);
    ticks[at].checked = !ticks[at].checked;
    count();
  },
  "/": () => document.querySelector("[data-board-search]")?.focus(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !rows.length) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Enter" && at >= 0 && !event.target.closest("a, button, summary")) rows[at].querySelector("a").click();
  if (!(key in KEYS) || (key.startsWith("Arrow") && !event.target.closest("[data-board]"))) return; // elsewhere the arrows scroll
  event.preventDefault();
  KEYS[key]();
});

table?.addEventListener("change", (event) => {
  if (event.target === all) ticks.forEach((tick) => { tick.checked = all.checked; });
  count();
});
table?.addEventListener("focusin", (event) => {
  const row = rows.indexOf(event.target.closest("[data-board-row]"));
  if (row >= 0 && row !== at) {
    rows[at]?.removeAttribute("aria-current");
    at = row;
    rows[at].setAttribute("aria-current", "true");
  }
});
count();
