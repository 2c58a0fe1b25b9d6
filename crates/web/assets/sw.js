// The service worker: there only after she chose to keep the page. Keeps pages, styles and the reader; never a word
// of hers. Answers what other apps share on the device.

const ASSETS = [
  "asset:tokens.css", "asset:components.css", "asset:noscript.css", "asset:app.js", "asset:exit.js", "asset:check.js",
  "asset:reader.js", "asset:speak.js", "asset:keep.js", "asset:filter.js", "asset:try.js", "asset:trust.js", "asset:swap.js", "asset:words.js",
  "asset:worker.js", "asset:wasm.js", "asset:browser.js", "asset:browser_bg.wasm", "asset:icon.svg", "asset:icon-notes.svg",
  "asset:icon-weather.svg", "asset:learn.css", "asset:learn.js", "asset:learn-how.js", "asset:learn-keep.js", "asset:learn-dom.js",
  "asset:learn-path.js", "asset:learn-live.js", "asset:learn-steps.js", "asset:learn-chat.js", "asset:learn-reader.js", "asset:tutor.js",
  "asset:tutor_bg.wasm",
];
/** What the server may replace while it runs: kept, and kept anew whenever it is fetched. */
const DATA = ["/directory.json", "/hosts.bin"];
const PAGES = ["/", "/check", "/help", "/learn", "/traces", "/keep", "/privacy"];
const CACHE = "kept";
/** @param {string} path */
const isLesson = (path) => path.includes("/learn/");
/** How long a page may take over the network before the kept one is shown, in ms. */
const PATIENCE = 4000;

/** What was shared, until the page asks for it. In memory only. */
let shared = "";

addEventListener("install", (event) => event.waitUntil(renew()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

/** A new version: fetch what is new, fetch the kept pages again, drop what is old. Nothing is kept before she asks. */
async function renew() {
  skipWaiting();
  if (!(await caches.has(CACHE))) return;
  const cache = await caches.open(CACHE);
  const kept = (await cache.keys()).map((request) => new URL(request.url).pathname);
  const pages = kept.filter((path) => !path.startsWith("/a/") && !DATA.includes(path));
  await fill(cache, pages.filter((path) => !isLesson(path)));
  // A lesson that is there no longer must not keep the rest from being renewed.
  await Promise.all(pages.filter(isLesson).map((path) => cache.add(path).catch(() => cache.delete(path))));
  await Promise.all(kept.filter((path) => path.startsWith("/a/") && !ASSETS.includes(path)).map((path) => cache.delete(path)));
}

/** @param {Cache} cache @param {string[]} pages */
function fill(cache, pages) {
  return cache.addAll([...ASSETS, ...DATA, ...pages].map((url) => new Request(url, { credentials: "omit" })));
}

addEventListener("message", (event) => {
  const { kind, base, paths } = event.data ?? {};
  const answer = (word) => event.ports[0].postMessage(word);
  if (kind === "take-shared") {
    event.source.postMessage({ kind: "shared", text: shared });
    shared = "";
  } else if (kind === "keep") {
    event.waitUntil(keep(base).then(() => answer("kept"), () => answer("failed")));
  } else if (kind === "keep-lessons") {
    // The path and its lessons, in her language: all of an age, so that it doesn't tell which one she opened.
    const kept = caches.open(CACHE).then((cache) => fill(cache, [`${base}/learn`, ...paths]));
    event.waitUntil(kept.then(() => answer("kept"), () => answer("failed")));
  }
});

/** Both languages of the place she chose. @param {string} base */
async function keep(base) {
  const bases = ["/vi", "/en"].map((lang) => lang + base.slice(3));
  const pages = bases.flatMap((each) => PAGES.map((page) => each + page));
  const manifests = bases.map((each) => `${each}/manifest.webmanifest`);
  await fill(await caches.open(CACHE), [...pages, ...manifests]);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname.endsWith("/share")) event.respondWith(receive(request, pathname));
  else if (request.method !== "GET") return;
  else if (pathname.startsWith("/a/")) event.respondWith(keptFirst(request));
  else if (request.mode === "navigate" || DATA.includes(pathname) || isLesson(pathname) || PAGES.some((page) => pathname.endsWith(page))) {
    event.respondWith(networkFirst(request, pathname));
  }
});

/** @param {Request} request @param {string} pathname */
async function receive(request, pathname) {
  const form = await request.formData();
  shared = ["title", "text", "url"].map((name) => form.get(name)).filter(Boolean).join("\n");
  setTimeout(() => { shared = ""; }, 60_000);
  return Response.redirect(`${pathname.replace(/share$/, "check")}#shared`, 303);
}

/** @param {Request} request */
async function keptFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}

/** @param {Request} request @param {string} pathname */
async function fetched(request, pathname) {
  const response = await fetch(request);
  if (response.ok && DATA.includes(pathname)) await (await caches.open(CACHE)).put(pathname, response.clone());
  return response;
}

/** @param {Request} request @param {string} pathname */
async function networkFirst(request, pathname) {
  const kept = await caches.match(pathname);
  if (!kept) return fetch(request);
  try {
    // A navigation takes no signal; on a network that hangs the kept page is better than a blank one.
    const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
    return await Promise.race([fetched(request, pathname), late]);
  } catch {
    return kept;
  }
}
