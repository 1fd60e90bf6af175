// Looking back at the council by sliding: the day that is slid to stands in the date field, and is shown when the hand comes to rest.
"use strict";

const DAY = 86400000;

for (const slide of document.querySelectorAll("[data-slides]")) {
  const range = slide.querySelector("input[type=range]"), field = document.getElementById(slide.dataset.slides);
  const first = Date.parse(`${slide.dataset.from}T00:00:00Z`);
  const dayOf = (days) => new Date(first + days * DAY).toISOString().slice(0, 10);
  const say = () => range.setAttribute("aria-valuetext", field.value);
  slide.hidden = false;
  say();
  range.addEventListener("input", () => { field.value = dayOf(Number(range.value)); say(); });
  field.addEventListener("change", () => {
    const days = Math.round((Date.parse(`${field.value}T00:00:00Z`) - first) / DAY);
    if (days >= 0 && days <= Number(range.max)) { range.value = days; say(); }
  });
  let byHand = false;
  range.addEventListener("pointerdown", () => { byHand = true; });
  range.addEventListener("change", () => { if (byHand) slide.closest("form").requestSubmit(); });
}
