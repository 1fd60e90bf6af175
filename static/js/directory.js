// The directory while one types: groups that a reader opened or closed stay so when their counts come anew.
"use strict";

(() => {
  const groups = new Map();

  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("#fold, #facets details")) groups.set(event.target.id, event.target.open);
  }, true);

  document.addEventListener("htmx:afterSettle", () => {
    for (const group of document.querySelectorAll("#fold, #facets details")) {
      if (groups.has(group.id)) group.open = groups.get(group.id);
    }
  });
})();
