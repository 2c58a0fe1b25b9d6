// An evidence package of chosen entries of her case, made on her device.

import { entryText } from "asset:back-case.js";
import { headBytes, leavesOf } from "asset:chain.js";
import { onForget } from "asset:exit.js";
import { SHORTEST, makePackage, newPassphrase, offer, openKeeper } from "asset:package.js";
import { toBytes } from "asset:wire.js";
import { at, inLanguage, moment, names, said } from "asset:words.js";

/** @type {() => any} */
let visit;
let address = "";
/** @type {import("asset:seal.js").Seal | undefined} */
let keeper;

/** @param {() => any} given what is open */
export function watchPackage(given) {
  visit = given;
  document.addEventListener("toggle", ({ target }) => target.id === "package" && target.open && list(), { capture: true });
  document.addEventListener("click", ({ target }) => target instanceof Element && target.closest("#package-go") && make());
  onForget(() => {
    if (address) URL.revokeObjectURL(address);
    address = "";
    keeper?.close();
    keeper = undefined;
    document.getElementById("package-entries")?.replaceChildren();
  });
}

/** @param {string} word @param {Record<string, unknown>} [values] */
function status(word, values = {}) {
  at("package-status").textContent = word ? said(at("package-status").dataset[word], values) : "";
}

async function list() {
  const { seen } = visit();
  at("package-done").hidden = true;
  status("");
  const kinds = names(at("talk").dataset.kinds);
  at("package-entries").replaceChildren(...seen.entries.map((entry) => {
    const tile = Object.assign(document.createElement("label"), { className: "tile small" });
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: String(entry.number), checked: true });
    const line = Object.assign(document.createElement("span"), { textContent: `${entry.number + 1}. ${kinds.get(entry.kind) ?? ""} · ${moment(entry.at)}` });
    tile.append(box, line);
    return tile;
  }));
  keeper ??= await openKeeper();
  if (!at("package-words").value) at("package-words").value = await newPassphrase(keeper);
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function make() {
  const button = at("package-go");
  if (button.ariaBusy === "true") return;
  const chosen = new Set([...document.querySelectorAll("#package-entries :checked")].map((box) => Number(box.value)));
  if (chosen.size === 0) return status("nothing");
  const passphrase = at("package-open").checked ? "" : at("package-words").value.trim();
  if (!at("package-open").checked && [...passphrase].length < SHORTEST) {
    status("short");
    return at("package-words").focus();
  }
  button.ariaBusy = "true";
  status("working");
  try {
    const { seen, cases } = visit();
    keeper ??= await openKeeper();
    const items = await Promise.all(seen.entries.filter(({ number }) => chosen.has(number)).map((entry) => item(entry, cases)));
    const now = Math.floor(Date.now() / 1000);
    const log = { head: headBytes(seen.head), signature: toBytes(seen.head.signature), leaves: leavesOf(seen.entries) };
    const made = await makePackage(keeper, { now, items, custody: custody(now), log, passphrase }, (part) => status(part === "stamping" ? "stamping" : "working"));
    if (address) URL.revokeObjectURL(address);
    address = offer(at("package-save"), made);
    status("done", made);
    at("package-done").hidden = false;
    at("package-save").focus();
  } catch {
    keeper?.close();
    keeper = undefined;
    status("failed");
  } finally {
    button.ariaBusy = "false";
  }
}

/** An entry as it was sealed, byte for byte, with what shows its place in the log. */
async function item(entry, cases) {
  const { content, nonce } = await cases.get(entry.epoch).call("open", toBytes(entry.sealed));
  const opened = { ...entry, content: JSON.parse(new TextDecoder().decode(content)) };
  const name = `${entry.number + 1}. ${names(at("talk").dataset.kinds).get(entry.kind) ?? entry.kind}.json`;
  const about = { name, type: "application/json", at: entry.at, by: author(entry), shown: entryText(opened), entry: [entry.number, hex(nonce)] };
  return { blob: new Blob([content]), about };
}

const organisation = (id) => inLanguage(visit().seen.organisations.find((each) => each.id === id)?.name) || id;
const author = ({ author: by }) => (by === "person" ? at("talk").dataset.you : organisation(by));

/** From her to those whom she let in, what they opened, and into this package. */
function custody(now) {
  const words = at("package-status").dataset;
  const { organisations, openings } = visit().seen;
  const what = names(at("openings").dataset.what);
  const roles = names(at("openings").dataset.roles);
  const given = organisations.map((each) => ({ at: each.granted_at, from: words.device, to: organisation(each.id), what: words.sent }));
  const opened = openings.map((each) => {
    const who = organisation(each.organisation);
    return { at: each.at, from: who, to: `${who}, ${roles.get(each.role) ?? each.role}`, what: what.get(each.what) ?? each.what };
  });
  const all = [...given, ...opened].sort((a, b) => a.at - b.at);
  return [...all, { at: now, from: words.device, to: words.package, what: words.what }];
}
