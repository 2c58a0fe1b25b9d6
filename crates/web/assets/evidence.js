// Keeping evidence: what she picks is read in the worker, twice, and sent nowhere. Only a blinded root leaves.

import { onForget } from "asset:exit.js";
import { SHORTEST, makePackage, newPassphrase, offer, openKeeper } from "asset:package.js";
import { Problem } from "asset:wire.js";
import { Refused } from "asset:seal.js";
import { keepThisPage, otherAddress, putPage } from "asset:swap.js";
import { at, bytesSaid, copyOf, moment, said } from "asset:words.js";

const MOST = 1000;

/** @typedef {{name: string, type: string, blob: Blob, at?: number, shown?: string}} Kept */

/** Everything that was picked: in memory only. */
let state = fresh();
let started = false;

function fresh() {
  return { /** @type {Kept[]} */ list: [], texts: 0, words: "", keeper: undefined, busy: false, address: "" };
}

export function startEvidence() {
  keepThisPage();
  if (!started) {
    started = true;
    document.addEventListener("submit", (event) => {
      if (event.target.id !== "keeping") return;
      event.preventDefault();
      make();
    });
    document.addEventListener("click", pressed);
    addEventListener("beforeunload", (event) => state.list.length > 0 && !state.address && event.preventDefault());
    onForget(forget);
  }
  wake();
}

function wake() {
  at("keep-pick").addEventListener("change", () => {
    for (const file of [...at("keep-pick").files]) {
      add({ name: file.name, type: file.type, blob: file, at: Math.floor(file.lastModified / 1000) || undefined });
    }
    at("keep-pick").value = "";
  });
  at("keep-list").replaceChildren();
  state.list.forEach(draw);
  if (state.words) at("keep-words").value = state.words;
  else at("keep-words").addEventListener("focus", offerWords, { once: true });
  // What makes packages is fetched once somebody begins: who only reads this page needs none of it.
  at("keeping").addEventListener("pointerdown", offerWords, { once: true });
  at("keeping").addEventListener("focusin", offerWords, { once: true });
}

function forget() {
  state.keeper?.close();
  if (state.address) URL.revokeObjectURL(state.address);
  state = fresh();
  document.getElementById("keep-list")?.replaceChildren();
  const done = document.getElementById("keep-done");
  if (done) done.hidden = true;
  document.getElementById("keep-save")?.removeAttribute("href");
}

function pressed(event) {
  const target = event.target instanceof Element && document.getElementById("keeping") ? event.target : null;
  const on = (selector) => target?.closest(selector);
  if (on("#keep-add")) addText();
  else if (on("#keep-other")) newWords();
  else if (on("#switch-language") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    switchLanguage();
  }
}

/** @param {Kept} kept */
function add(kept) {
  const words = at("keeping").dataset;
  // Names with paths are no names.
  kept.name = kept.name.split(/[\\/]/).pop().slice(0, 200) || "?";
  if (kept.blob.size === 0) return tell(words.empty, kept);
  if (state.list.length >= MOST) return tell(words.many, { n: MOST });
  state.list.push(kept);
  draw(kept);
  tell(words.added, kept);
  unmake();
}

function addText() {
  const box = at("keep-text");
  const text = box.value.trim();
  if (!text) return box.focus();
  state.texts += 1;
  const name = said(at("keeping").dataset.pasted, { n: state.texts });
  add({ name, type: "text/plain", blob: new Blob([text], { type: "text/plain" }), shown: text });
  box.value = "";
  box.focus();
}

/** @param {Kept} kept */
function draw(kept) {
  const item = copyOf("keep-template");
  item.querySelector(".file-name").textContent = kept.name;
  item.querySelector(".file-size").textContent = bytesSaid(kept.blob.size);
  const button = item.querySelector("[data-remove]");
  button.setAttribute("aria-label", `${button.textContent}: ${kept.name}`);
  button.addEventListener("click", () => {
    state.list = state.list.filter((each) => each !== kept);
    item.remove();
    tell(at("keeping").dataset.removed, kept);
    at("keep-pick").focus();
    unmake();
  });
  at("keep-list").append(item);
}

const tell = (words, values) => { at("keep-said").textContent = said(words, values); };

/** What was made before no longer fits. */
function unmake() {
  if (state.address) URL.revokeObjectURL(state.address);
  state.address = "";
  at("keep-done").hidden = true;
  status("");
}

/** @param {string} word @param {Record<string, unknown>} [values] */
function status(word, values = {}) {
  const line = at("keep-status");
  line.textContent = word ? said(line.dataset[word], values) : "";
}

const keeper = async () => { state.keeper ??= await openKeeper((waiting) => waiting && status("waiting")); return state.keeper; };

async function offerWords() {
  if (!state.words && !at("keep-words").value) await newWords();
}

async function newWords() {
  try {
    state.words = await newPassphrase(await keeper());
    at("keep-words").value = state.words;
  } catch {
    status("broken");
  }
}

async function make() {
  const button = at("keep-make");
  if (button.ariaBusy === "true") return;
  if (at("keep-text").value.trim()) addText();
  if (state.list.length === 0) return status("nothing");
  const open = at("keep-open").checked;
  const passphrase = at("keep-words").value.trim();
  at("keep-short").hidden = open || [...passphrase].length >= SHORTEST;
  if (!at("keep-short").hidden) return at("keep-words").focus();
  state.words = passphrase;
  button.ariaBusy = "true";
  unmake();
  at("keep-progress").hidden = false;
  try {
    status("loading");
    const words = at("keeping").dataset;
    const worker = await keeper();
    const now = Math.floor(Date.now() / 1000);
    const items = state.list.map(({ blob, name, type, at: changed, shown }) => ({ blob, about: { name, type, at: changed, shown } }));
    const custody = [{ at: now, from: words.device, to: words.package, what: words.what }];
    const tellPart = (part, share) => {
      status(part);
      at("keep-progress").value = share * 100;
    };
    const made = await makePackage(worker, { now, items, custody, passphrase: open ? "" : passphrase }, tellPart);
    if (!document.getElementById("keep-done")) return;
    state.address = offer(at("keep-save"), made);
    at("keep-when").textContent = said(at("keep-when").dataset[made.stamped ? "stamped" : "signed"], { when: moment(made.time) });
    at("keep-name").textContent = `${made.name} · ${bytesSaid(made.blob.size)}`;
    status("");
    at("keep-done").hidden = false;
    at("keep-save").focus();
  } catch (error) {
    if (error instanceof Refused && error.code === "changed") status("changed");
    else if (error instanceof Problem) status("failed", { why: error.message });
    else if (error.message === "unreadable") status("failed", { why: at("keep-status").dataset.unreadable });
    else {
      state.keeper = undefined;
      status("broken");
    }
  } finally {
    const still = document.getElementById("keep-make");
    if (still) still.ariaBusy = "false";
    const progress = document.getElementById("keep-progress");
    if (progress) progress.hidden = true;
  }
}

/** The same page in the other language; what was picked stays. */
async function switchLanguage() {
  const [text, words, open] = [at("keep-text").value, at("keep-words").value, at("keep-open").checked];
  try {
    await putPage(otherAddress());
  } catch {
    return;
  }
  state.words = words;
  state.address = "";
  wake();
  at("keep-text").value = text;
  at("keep-open").checked = open;
  at("switch-language").focus();
}
