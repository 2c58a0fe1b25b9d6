// The learner's pages: how they are read, what is printed, what is remembered; the rest only where it is needed.

import { watchHow } from "asset:learn-how.js";
import { at } from "asset:words.js";

export function startLearn() {
  watchHow();
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-print]") : null;
    if (button instanceof HTMLElement) printOne(at(button.dataset.print ?? ""));
  });
  if (at("learn-path")) import("asset:learn-path.js").then(({ startPath }) => startPath());
  if (at("learn")) import("asset:learn-live.js").then(({ startLive }) => startLive());
}

/** One sheet alone goes onto paper. @param {HTMLElement | null} sheet */
function printOne(sheet) {
  if (!sheet) return;
  document.documentElement.classList.add("one-sheet");
  sheet.classList.add("printing");
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("one-sheet");
    sheet.classList.remove("printing");
  }, { once: true });
  print();
}
