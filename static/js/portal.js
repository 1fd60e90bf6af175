// The whole script of the portal's looks: theme, counters, copying, tabs, choice of files by dragging. Pages work without it.
"use strict";

const root = document.documentElement;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-switch]");
  if (!button) return;
  const dark = root.dataset.bsTheme ? root.dataset.bsTheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.bsTheme = dark ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${root.dataset.bsTheme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy)?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
  }
});

// A counter counts characters, not UTF-16 units, and never cuts text off. Its unit word comes from the server, in the reader's language.
const count = (counter) => {
  const field = document.getElementById(counter.dataset.counts);
  if (!field) return;
  const used = [...field.value].length, most = Number(counter.dataset.most);
  counter.textContent = `${used} / ${most} ${counter.dataset.unit ?? ""}`.trimEnd();
  counter.classList.toggle("is-over", used > most);
};
window.gbCount = count;
const countAll = (part) => part.querySelectorAll("[data-counts]").forEach(count);

countAll(document);
document.addEventListener("htmx:load", (event) => countAll(event.target));
document.addEventListener("input", (event) => {
  if (event.target.id) document.querySelectorAll(`[data-counts="${CSS.escape(event.target.id)}"]`).forEach(count);
});

for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    const zone = event.target.closest?.(".gb-drop");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("is-over", over);
    const input = zone.querySelector("input[type=file]");
    if (name === "drop" && input && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

// What was chosen is said where it was chosen.
document.addEventListener("change", (event) => {
  const said = event.target.closest?.(".gb-drop")?.querySelector("[data-chosen]");
  if (said) said.textContent = [...event.target.files].map((file) => file.name).join(", ");
});

// Whoever gives something up leaves nothing of it on this device.
document.addEventListener("submit", (event) => {
  const draft = event.target.dataset?.forgets;
  if (!draft) return;
  root.dataset.forgotten = draft;
  for (const key of Object.keys(localStorage)) if (key.startsWith("gb-draft:") && key.includes(draft)) localStorage.removeItem(key);
});

// What was typed and could not be saved leaves this device with who typed it.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-log-out]")) return;
  root.dataset.loggedOut = "";
  for (const key of Object.keys(localStorage)) if (key.startsWith("gb-draft:")) localStorage.removeItem(key);
});

// On a narrow screen the tab of the page that is shown may lie beyond the edge of its bar.
for (const tab of document.querySelectorAll(".gb-tabs [aria-current]")) {
  const bar = tab.closest("ul"), at = tab.getBoundingClientRect(), edge = bar.getBoundingClientRect();
  bar.scrollLeft += at.left - edge.left - (edge.width - at.width) / 2;
}

// Errors are read first: the summary takes the focus after a refused form. A field that asked for it (autofocus) yields.
document.querySelector(".gb-errors")?.focus();
