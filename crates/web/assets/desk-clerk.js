// What fills papers and reads lists, as WASM in this page: fetched once somebody wants a paper. It keeps nothing.

import init, * as clerk from "asset:clerk.js";

/** @type {Promise<typeof clerk> | undefined} */
let ready;

export function openClerk() {
  ready ??= init({ module_or_path: fetch("asset:clerk_bg.wasm", { credentials: "omit" }) }).then(() => clerk);
  // A line that broke off is tried again at the next paper.
  ready.catch(() => { ready = undefined; });
  return ready;
}

/** What the device saves, under a name that tells nothing. @param {string} text @param {string} type @param {string} name */
export function saveFile(text, type, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
