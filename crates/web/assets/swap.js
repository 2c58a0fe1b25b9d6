// Puts another page of ours in the place of this one without leaving the document: what is in memory stays there.

import { trusted } from "asset:trust.js";

/** Pages as the server drew them, by address: switching works with the network cut as well. @type {Map<string, string>} */
const pages = new Map();

/** Remembers the page that stands here. */
export function keepThisPage() {
  if (!pages.has(location.pathname)) pages.set(location.pathname, document.documentElement.outerHTML);
}

/** @param {string} pathname @returns {Promise<string>} */
export async function fetchPage(pathname) {
  if (!pages.has(pathname)) {
    const response = await fetch(pathname, { credentials: "omit" });
    if (!response.ok) throw new Error("no page");
    pages.set(pathname, await response.text());
  }
  return pages.get(pathname);
}

/** The address of this page in the other language. */
export const otherAddress = () => /** @type {HTMLAnchorElement} */ (document.getElementById("switch-language")).pathname;

/** @param {string} pathname */
export async function putPage(pathname) {
  const other = new DOMParser().parseFromString(trusted.createHTML(await fetchPage(pathname)), "text/html");
  await addStyles(other);
  document.documentElement.lang = other.documentElement.lang;
  document.title = other.title;
  document.querySelector("link[rel=manifest]").href = other.querySelector("link[rel=manifest]").getAttribute("href");
  document.body.replaceChildren(...[...other.body.children].map((child) => document.importNode(child, true)));
  Object.assign(document.body.dataset, other.body.dataset);
  history.replaceState(null, "", pathname);
}

/** Styles that only the other page has; it would flash without them. @param {Document} other */
function addStyles(other) {
  const here = new Set([...document.styleSheets].map((sheet) => sheet.href && new URL(sheet.href).pathname));
  const missing = [...other.querySelectorAll("head > link[rel=stylesheet]")].map((link) => link.getAttribute("href"));
  return Promise.all(missing.filter((href) => !here.has(href)).map((href) => new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    // A page without its style can still be used.
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    document.head.append(link);
  })));
}
