// The check on the device: her words go to the worker and nowhere else. They live in the box and in the answer, and
// are gone when the page is.

import { onForget } from "asset:exit.js";
import { Reader } from "asset:reader.js";
import { offerReading, spokenOf } from "asset:speak.js";
import { fetchPage, keepThisPage, otherAddress, putPage } from "asset:swap.js";
import { trusted } from "asset:trust.js";
import { at } from "asset:words.js";

/** @type {Reader | undefined} */
let reader;
/** What was asked last, to say the answer in the other language. */
let asked = "";

export function startCheck() {
  if (!document.getElementById("check-form")) return;
  keepThisPage();
  reader = new Reader(tell);
  wake();
  document.addEventListener("click", pressed);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === at("text")) check();
  });
  onForget(() => {
    asked = "";
    document.getElementById("answer")?.replaceChildren();
    document.getElementById("result")?.remove();
  });
}

/** What a page swapped in place needs as well. */
function wake() {
  at("clear").hidden = false;
  at("paste").hidden = !navigator.clipboard?.readText;
  if (reader?.ready) tell("ready");
  takeShared();
}

/** @param {"loading" | "ready" | "failed" | "broken"} state @param {number} [percent] */
function tell(state, percent = 0) {
  const line = at("readiness");
  const progress = /** @type {HTMLProgressElement} */ (at("progress"));
  if (!line) return;
  line.textContent = line.dataset[state] ?? "";
  line.dataset.state = state;
  progress.hidden = state !== "loading";
  progress.value = percent;
  document.body.dataset.reader = state;
  if (state === "failed") at("server-way").hidden = false;
  // Where it fails, the switch tries again.
  if (state === "ready") fetchPage(otherAddress()).catch(() => {});
}

/** @param {MouseEvent} event */
function pressed(event) {
  // The report may stand in this document by now.
  const target = event.target instanceof Element && document.getElementById("check-form") ? event.target : null;
  /** @param {string} selector */
  const on = (selector) => target?.closest(selector);
  if (on("#check")) check();
  else if (on("#clear")) clear();
  else if (on("#paste")) paste();
  else if (on("#print")) print();
  else if (on("#tell a")) tellSomebody(event);
  else if (on("[data-example]")) {
    at("text").value = on("[data-example]").dataset.example;
    check();
  } else if (on("#words mark")) on("mark").nextElementSibling?.click();
  else if (on("#switch-language") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    switchLanguage();
  }
}

function options() {
  const fields = Object.fromEntries(["audience", "age", "province"].map((id) => [id, at(id).value]));
  return JSON.stringify({ ...fields, lang: document.documentElement.lang, now: Date.now() / 1000 });
}

async function check() {
  const button = at("check");
  if (!reader || button.ariaBusy === "true") return;
  asked = at("text").value;
  const name = button.textContent;
  button.ariaBusy = "true";
  button.textContent = button.dataset.busy ?? name;
  try {
    await show(true);
  } catch {
    // The reader has said so itself.
  } finally {
    at("check").ariaBusy = "false";
    at("check").textContent = name;
  }
}

/** @param {boolean} moveFocus */
async function show(moveFocus) {
  const html = await reader.ask("render", asked, options());
  document.getElementById("result")?.remove();
  at("answer").innerHTML = trusted.createHTML(html);
  at("print").hidden = false;
  at("tell").hidden = false;
  offerReading(at("read-aloud"), at("result").lang, () => spokenOf(at("result")));
  if (moveFocus) {
    at("result-heading").focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    at("result").scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }
}

function clear() {
  asked = "";
  at("text").value = "";
  at("answer").replaceChildren();
  at("tell").hidden = true;
  at("text").focus();
}

async function paste() {
  try {
    at("text").value = await navigator.clipboard.readText();
  } catch {
    // She said no, or the browser did: she can still paste by hand.
  }
  at("text").focus();
}

/**
 * Opens the report in this very document: what was found goes along in memory and through no address or storage.
 * @param {MouseEvent} event
 */
async function tellSomebody(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { pathname } = /** @type {HTMLAnchorElement} */ (at("tell").querySelector("a"));
  let startAsk;
  let found;
  try {
    [{ startAsk }, found] = await Promise.all([import("asset:ask.js"), reader.ask("assess", asked), fetchPage(pathname)]);
  } catch {
    // Better her words here than a page that can't be loaded.
    at("tell-status").textContent = at("tell-status").dataset.failed ?? "";
    return;
  }
  const along = { findings: JSON.parse(found), text: asked, audience: at("audience").value, age: at("age").value, province: at("province").value };
  await putPage(pathname);
  asked = "";
  startAsk(along);
}

/** Puts the same page in the other language in place of this one; what is typed stays where it is, in memory. */
async function switchLanguage() {
  const typed = at("text").value;
  const chosen = ["audience", "age", "province"].map((id) => [id, at(id).value]);
  const answered = document.getElementById("result") !== null && asked !== "";
  try {
    await putPage(otherAddress());
  } catch {
    // No network, and never had the other language: better her words here than an empty page there.
    return;
  }
  at("text").value = typed;
  for (const [id, value] of chosen) at(id).value = value;
  wake();
  if (answered) await show(false);
  at("switch-language").focus();
}

/** A message shared from another app waits in the memory of the service worker; the address only says that it does. */
function takeShared() {
  if (location.hash !== "#shared" || !navigator.serviceWorker?.controller) return;
  history.replaceState(null, "", location.pathname);
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.kind !== "shared" || !data.text) return;
    at("text").value = data.text;
    check();
  }, { once: true });
  navigator.serviceWorker.startMessages();
  navigator.serviceWorker.controller.postMessage({ kind: "take-shared" });
}
