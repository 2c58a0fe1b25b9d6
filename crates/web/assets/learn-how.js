// How the learner's pages are read. Nothing is stored: what is on goes along in the fragment of the links between these
// pages, which no server sees.

import { at } from "asset:words.js";

const WAYS = ["easy", "motion"];
/** @type {Set<string>} */
let on = new Set();

/** Whether things may move: only where she wants it. */
export const moves = () => on.has("motion");

/** @param {string} hash */
const partsOf = (hash) => hash.slice(1).split("&").filter(Boolean);

/** What the fragment says beside how to read: `again=3,5`. @param {string} name */
export const fragment = (name) => partsOf(location.hash).find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

export function watchHow() {
  const parts = partsOf(location.hash);
  on = new Set(WAYS.filter((way) => parts.includes(way)));
  const rest = parts.filter((part) => !WAYS.includes(part));
  // A place in the page is found by its name alone.
  if (on.size && rest.length === 1 && document.getElementById(rest[0])) location.replace(`#${rest[0]}`);
  showHow();
  document.addEventListener("change", ({ target }) => {
    const way = WAYS.find((each) => target instanceof HTMLInputElement && target.id === `how-${each}`);
    if (!way) return;
    if (/** @type {HTMLInputElement} */ (target).checked) on.add(way);
    else on.delete(way);
    showHow();
  });
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (!link || link.origin !== location.origin || !/\/learn(\/|$)/.test(link.pathname)) return;
    if (link.pathname === location.pathname && link.hash) return;
    link.hash = [...on, ...partsOf(link.hash).filter((part) => !WAYS.includes(part))].join("&");
  });
}

/** Also after another page was put in place of this one. */
export function showHow() {
  for (const way of WAYS) {
    document.documentElement.classList.toggle(way, on.has(way));
    const box = /** @type {HTMLInputElement | null} */ (at(`how-${way}`));
    if (box) box.checked = on.has(way);
  }
}
