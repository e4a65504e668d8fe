// What the pages of a paper do beyond links: a find under the pointer lights up in the text and on its page, a jump to
// the page leaves the text where it is, and a citation is copied. Everything works without this.
"use strict";

const finds = (number) => document.querySelectorAll(`[data-find="${CSS.escape(number)}"]`);
const nearest = (event) => (event.target instanceof Element ? event.target.closest("[data-find]") : null);

function light(event, on) {
  const find = nearest(event);
  if (find) finds(find.dataset.find).forEach((each) => each.classList.toggle("lit", on));
}

for (const [over, out] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  document.addEventListener(over, (event) => light(event, true));
  document.addEventListener(out, (event) => light(event, false));
}

// On a wide screen the pages scroll by themselves beside the text; the browser would scroll both.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#plats-"], a[href^="#sida-"]') : null;
  const place = link && document.getElementById(link.getAttribute("href").slice(1));
  const pane = place && place.closest(".sheets");
  if (!pane || getComputedStyle(pane).position !== "sticky") return;
  if (!link.closest(".reading")) return;
  event.preventDefault();
  const at = place.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += at - pane.clientHeight / 3;
  document.querySelectorAll(".chosen").forEach((each) => each.classList.remove("chosen"));
  place.classList.add("chosen");
});

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    await navigator.clipboard.writeText(text.replace(/\s+/g, " ").trim());
    button.textContent = button.dataset.copied;
  });
}
