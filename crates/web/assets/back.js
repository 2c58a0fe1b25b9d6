// Coming back with the ten words. They go to the worker that holds the keys; the page empties the box at once.

import { showCase } from "asset:back-case.js";
import { watchChoices } from "asset:back-choices.js";
import { showHelpers, watchHelpers } from "asset:back-helpers.js";
import { watchPackage } from "asset:back-package.js";
import { compare, remember } from "asset:chain.js";
import { openSeal, sealEntry } from "asset:entries.js";
import { onForget } from "asset:exit.js";
import { Files, sealAll } from "asset:files.js";
import { Refused } from "asset:seal.js";
import { keepThisPage, otherAddress, putPage } from "asset:swap.js";
import { upload } from "asset:upload.js";
import { Problem, ask, patient, toBytes, toText } from "asset:wire.js";
import { at, moment, said } from "asset:words.js";

/** How the refusals of the seal are called on the page. */
const WRONG = { too_few: "few", too_many: "many", checksum: "checksum", version: "version" };

/** Everything that is open: in memory only. */
let visit = fresh();
let started = false;

function fresh() {
  return { seal: undefined, filing: undefined, keys: undefined, right: "", cases: new Map(), seen: undefined, before: undefined, terms: undefined, correcting: undefined, files: undefined };
}

export function startBack() {
  keepThisPage();
  if (!started) {
    started = true;
    document.addEventListener("submit", submitted);
    document.addEventListener("click", pressed);
    document.addEventListener("input", (event) => event.target === document.getElementById("words") && count());
    addEventListener("beforeunload", (event) => {
      if (document.getElementById("message")?.value.trim() || visit.files?.list.length > 0) event.preventDefault();
    });
    watchPackage(() => visit);
    watchChoices({ act, call, useKeys, visit: () => visit });
    watchHelpers({ act, call, visit: () => visit });
    onForget(forget);
    addEventListener("pageshow", (event) => event.persisted && document.getElementById("back") && location.reload());
  }
  wake();
}

function wake() {
  visit.files ??= new Files(offerSending);
  visit.files.wake();
  offerSending();
}

function forget() {
  visit.seal?.close();
  endFiling();
  visit.files?.forget();
  visit = fresh();
  for (const id of ["talk", "standing", "openings", "receipt-words", "organisations", "withdraw-list", "asked-list", "helper-list", "consent-list", "done-list", "next"]) document.getElementById(id)?.replaceChildren();
  document.querySelector("#card ol")?.replaceChildren();
  if (!document.getElementById("back")) return;
  at("case").hidden = at("erasing").hidden = true;
  at("enter").hidden = false;
}

function submitted(event) {
  if (event.target.id === "enter") {
    event.preventDefault();
    enter();
  } else if (event.target.id === "write") {
    event.preventDefault();
    write();
  }
}

function pressed(event) {
  const target = event.target instanceof Element ? event.target : null;
  const on = (selector) => target?.closest(selector);
  if (on("#switch-language") && document.getElementById("back") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    switchLanguage();
  } else if (on("#send-files")) sendFiles();
  else if (on("#describe")) at("message").focus();
  else if (on("#stop-erasing")) act(() => call("POST", "/erase", { erase: false }), "done");
  else if (on("[data-correct]")) correct(Number(on("[data-correct]").dataset.correct));
  else if (on("#correct-not")) correct(undefined);
}

const typed = () => at("words").value.split(/[^\p{L}\p{M}]+/u).filter(Boolean);

function count() {
  const n = typed().length;
  at("words-count").textContent = n > 0 ? said(at("words-count").dataset.count, { n }) : "";
}

async function enter() {
  const wrong = at("words-wrong");
  const button = at("open-case");
  if (button.ariaBusy === "true") return;
  wrong.hidden = true;
  button.ariaBusy = "true";
  status("opening");
  try {
    visit.seal ??= await openSeal((waiting) => status(waiting ? "waiting" : "opening"));
    const receipt = await visit.seal.of("ReceiptDraft", "parse", at("words").value);
    visit.terms = await ask("GET", "/api/v1/report/terms");
    visit.keys = await receipt.call("derive", toBytes(visit.terms.salt));
    receipt.free();
    await useKeys(visit.keys);
    await look();
    at("words").value = "";
    count();
  } catch (error) {
    refuse(error);
  } finally {
    button.ariaBusy = "false";
    status("");
  }
}

/** What shows the server that who asks has the receipt. */
async function useKeys(keys) {
  const [locator, authenticator] = await Promise.all([keys.call("locator"), keys.call("authenticator")]);
  visit.keys = keys;
  visit.right = `Receipt ${toText(locator)}.${toText(authenticator)}`;
}

/** Points out the word that can't be. */
function refuse(error) {
  const wrong = at("words-wrong");
  const words = wrong.dataset;
  let line = words.network;
  if (error instanceof Refused) {
    const values = { n: error.position, word: typed()[error.position - 1], nearest: error.nearest };
    line = said(error.code === "unknown_word" ? (error.nearest ? words.nearest : words.unknown) : words[WRONG[error.code]], values);
  } else if (error instanceof Problem) {
    line = { 404: words.absent, 429: words.often }[error.status] ?? error.message;
  } else if (error.message === "broke") {
    line = words.broken;
    visit.seal = undefined;
  }
  wrong.textContent = line ?? "";
  wrong.hidden = false;
  if (!(error instanceof Refused) || error.code !== "unknown_word") return at("words").focus();
  select(error.position);
}

/** Marks the word in the box, so that it is mended at once. @param {number} position from 1 */
function select(position) {
  const box = at("words");
  const found = [...box.value.matchAll(/[\p{L}\p{M}]+/gu)][position - 1];
  box.focus();
  if (found) box.setSelectionRange(found.index, found.index + found[0].length);
}

const headers = () => ({ authorization: visit.right });

/** @param {string} method @param {string} path @param {unknown} [json] */
const call = (method, path, json) => ask(method, `/api/v1/back${path}`, { json, headers: headers() });

/** Fetches the case, opens what is new, and draws it. */
async function look() {
  const seen = await call("GET", "");
  visit.seen = seen;
  const erasing = typeof seen.erase_due === "number";
  at("enter").hidden = true;
  at("erasing").hidden = !erasing;
  const before = !at("case").hidden;
  at("case").hidden = erasing;
  if (erasing) {
    at("erase-due").textContent = moment(seen.erase_due);
    at("erasing").querySelector("h1").focus();
    return;
  }
  for (const { epoch, sealed } of seen.grants) {
    if (!visit.cases.has(epoch)) visit.cases.set(epoch, await visit.keys.call("open_case", toBytes(sealed)));
  }
  // Once somebody there reads, she may send more.
  const { files_bytes: most, files_bytes_unopened: unopened, files: count } = visit.terms.limits;
  visit.files.limits = { bytes: seen.organisations.some((each) => each.opened_at) ? most : unopened, count };
  await checkLog();
  await showHelpers(visit, await showCase(visit));
  if (!before) at("case-heading").focus();
}

/** Says it plainly when the server forgot or changed something, or signs as somebody else. */
async function checkLog() {
  const line = at("log-line");
  const wrong = await compare(visit);
  line.dataset.wrong = wrong;
  line.classList.toggle("strong", wrong !== "");
  line.textContent = said(line.dataset[wrong || "right"], { n: visit.seen.head.size });
  // What was found wrong is not remembered as if it were right. That it can't be kept now is no fault of the case.
  if (!wrong) await remember(visit, present(), (sealed) => call("POST", "/seen", { sealed })).catch(() => {});
}

/**
 * Does something, says how it went, and draws the case anew. What changed meanwhile is loaded and said.
 * @param {() => Promise<unknown>} deed @param {"sent" | "done"} word
 */
async function act(deed, word) {
  status("sending");
  try {
    await patient(deed, (waiting) => waiting && status("waiting"));
    await look();
    status(word);
    return true;
  } catch (error) {
    // Done already, by an answer that was lost, or changed from elsewhere: what stands is shown.
    if (error instanceof Problem) await look().catch(() => {});
    if (error instanceof Problem && error.code === "changed_meanwhile") status("stale");
    else status("failed", { why: error instanceof Problem ? error.message : at("words-wrong").dataset.broken });
    return false;
  }
}

/** @param {string} word @param {Record<string, unknown>} [values] */
function status(word, values = {}) {
  const line = document.getElementById("back-status");
  if (line) line.textContent = word ? said(line.dataset[word], values) : "";
}

const present = () => visit.cases.get(visit.seen.epoch);

/** @param {any[]} entries */
const append = (entries) => call("POST", "/entries", { epoch: visit.seen.epoch, entries });

async function write() {
  const text = at("message").value.trim();
  if (!text) return at("message").focus();
  const { correcting } = visit;
  const kind = correcting === undefined ? "message" : "correction";
  const content = correcting === undefined ? { text } : { corrects: correcting, text };
  const entry = await sealEntry(present(), kind, content);
  if (!await act(() => append([entry]), "sent")) return;
  at("message").value = "";
  correct(undefined);
}

/** @param {number | undefined} number the entry that is said anew */
function correct(number) {
  visit.correcting = number;
  const line = at("correcting");
  line.hidden = number === undefined;
  line.querySelector("span").textContent = said(line.dataset.line, { n: (number ?? 0) + 1 });
  if (number !== undefined) at("message").focus();
}

function offerSending() {
  const button = document.getElementById("send-files");
  if (button) button.hidden = visit.files.list.length === 0;
}

async function sendFiles() {
  const progress = at("files-progress");
  const { list } = visit.files;
  const of = list.reduce((sum, { copy }) => sum + (copy ? 2 : 1), 0);
  let n = 0;
  progress.hidden = false;
  const tell = (waiting) => status(waiting ? "waiting" : "sending");
  // Of the key that her receipt opened, and not as the server says.
  const recipient = await present().call("recipient");
  const send = async (blob) => {
    n += 1;
    const seal = await (visit.filing ??= openSeal(tell));
    return upload(seal, recipient, visit.seen.id, blob, tell, (share) => { progress.value = ((n - 1 + share) / of) * 100; });
  };
  const entry = async (about, ids) => {
    const sealed = await sealEntry(present(), "file", about, ids);
    return (await patient(() => append([sealed]), tell)).numbers[0];
  };
  const done = await act(() => sealAll(list, send, entry), "sent");
  endFiling();
  progress.hidden = true;
  if (!done) return;
  visit.files.forget();
  offerSending();
}

/** Files have a worker of their own: the one that opened her receipt stays large. */
function endFiling() {
  visit.filing?.then((seal) => seal.close(), () => {});
  visit.filing = undefined;
}

/** The same case in the other language, still open. */
async function switchLanguage() {
  const [words, message] = [at("words").value, at("message").value];
  try {
    await putPage(otherAddress());
  } catch {
    return;
  }
  wake();
  [at("words").value, at("message").value] = [words, message];
  if (visit.right) await look().catch(() => {});
  correct(visit.correcting);
  at("switch-language").focus();
}
