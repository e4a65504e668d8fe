// What the keyboard does: "/" goes to the field, arrows walk between hits, Enter opens (it is a link).
// Everything on the page works without this.
"use strict";

const typing = (element) => element.matches("input, select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("q");
  const at = document.activeElement;
  if (event.key === "/" && field && !typing(at)) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    walk(event, at, field);
  }
});

// From the field down to the first hit, from hit to hit, and up to the field again; elsewhere arrows scroll.
function walk(event, at, field) {
  const hits = [...document.querySelectorAll(".hit h2 a")];
  const now = hits.indexOf(at);
  if (!hits.length || (now < 0 && at !== field)) return;
  const next = event.key === "ArrowDown" ? now + 1 : now - 1;
  if (now < 0 && next < 0) return;
  event.preventDefault();
  (next < 0 ? field : hits[Math.min(next, hits.length - 1)]).focus();
}
