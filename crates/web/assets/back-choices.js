// What she may still decide: let in, shut out, how to be reached, new words, close, erase.

import { receiptRecord, sealEntry } from "asset:entries.js";
import { card } from "asset:organisations.js";
import { Receipt, printCard } from "asset:receipt.js";
import { Problem, toBytes, toText } from "asset:wire.js";
import { at, inLanguage, said } from "asset:words.js";

/** What `back.js` lends: `act` does and says how it went, `call` asks the server, `visit` is what is open.
 * @type {{act: Function, call: Function, useKeys: Function, visit: () => any}} */
let back;
const receipt = new Receipt();

export function watchChoices(given) {
  back = given;
  // `toggle` doesn't bubble, so it is heard on its way down.
  document.addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    if (target.id === "allow") showOthers();
    else if (target.id === "withdraw") showLetIn();
    else if (target.id === "close") nameClose();
  }, { capture: true });
  document.addEventListener("change", ({ target }) => {
    if (target.closest?.("#allow .org-head")) at("allow-go").hidden = chosen().length === 0;
  });
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button?.id === "allow-go") allow();
    else if (button?.matches("#withdraw-list button")) withdraw(button);
    else if (button?.id === "contact-go") contact();
    else if (button?.id === "replace-go") replace();
    else if (button?.id === "print-card" && document.getElementById("back")) printCard();
    else if (button?.id === "close-go") close();
    else if (button?.id === "erase-go") erase(button);
  });
}

const letIn = () => back.visit().seen.organisations.filter((each) => !each.withdrawn_at);
const chosen = () => [...document.querySelectorAll("#allow .org-head :checked")].map((box) => box.value);

function showOthers() {
  const { terms } = back.visit();
  const inside = new Set(letIn().map((each) => each.id));
  const others = terms.organisations.filter((each) => each.kind !== "platform" && !inside.has(each.id));
  const list = at("organisations");
  list.replaceChildren(...others.map(card));
  if (others.length === 0) list.textContent = list.dataset.none ?? "";
  at("allow-go").hidden = true;
}

/** A grant for each identity the case had so far. */
async function everyGrant(recipient) {
  const { cases } = back.visit();
  const epochs = [...cases.keys()].sort((a, b) => a - b);
  return Promise.all(epochs.map(async (epoch) => ({ epoch, sealed: toText(await cases.get(epoch).call("grant_to", recipient)) })));
}

async function allow() {
  const { terms } = back.visit();
  for (const id of chosen()) {
    const { recipient } = terms.organisations.find((each) => each.id === id);
    const grants = (await everyGrant(recipient)).map((grant) => ({ organisation: id, ...grant }));
    if (!await back.act(() => back.call("POST", "/allow", { organisation: id, grants }), "done")) return;
  }
  at("allow").open = false;
}

function showLetIn() {
  const list = at("withdraw-list");
  const items = letIn().map((each) => {
    const item = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { textContent: inLanguage(each.name) });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: list.dataset.button });
    button.dataset.id = each.id;
    item.append(name, button);
    return item;
  });
  list.replaceChildren(...items);
  if (items.length === 0) list.textContent = list.dataset.none ?? "";
}

/** Asks once more; then the case goes on under a fresh identity that the one shut out never gets. */
async function withdraw(button) {
  const { seal, keys, seen } = back.visit();
  const { id } = button.dataset;
  const organisation = seen.organisations.find((each) => each.id === id);
  if (!button.classList.contains("danger")) return sure(button, said(at("withdraw-list").dataset.sure, { name: inLanguage(organisation.name) }));
  const fresh = await seal.make("Case");
  const epoch = seen.epoch + 1;
  const grant = async (recipient) => toText(await fresh.call("grant_to", recipient));
  const grants = [{ epoch, sealed: await grant(await keys.call("recipient")) }];
  for (const each of letIn().filter((one) => one.id !== id)) grants.push({ organisation: each.id, epoch, sealed: await grant(each.recipient) });
  const recipient = await fresh.call("recipient");
  if (await back.act(() => back.call("POST", "/withdraw", { organisation: id, recipient, grants }), "done")) showLetIn();
}

function sure(button, words) {
  button.classList.remove("quiet", "primary");
  button.classList.add("danger");
  button.textContent = words;
}

async function contact() {
  const [how, when, never] = ["how", "when", "never"].map((name) => at(`contact-${name}`).value.trim());
  if (!how && !when && !never) return at("contact-how").focus();
  const { cases, seen } = back.visit();
  const entry = await sealEntry(cases.get(seen.epoch), "contact", { how, when, never });
  if (!await back.act(() => back.call("POST", "/entries", { epoch: seen.epoch, entries: [entry] }), "sent")) return;
  for (const name of ["how", "when", "never"]) at(`contact-${name}`).value = "";
  at("contact").open = false;
}

/** New words: every identity so far is granted to them, and the old ones open nothing any more. */
async function replace() {
  const { seal, terms } = back.visit();
  const draft = await seal.make("ReceiptDraft");
  const words = await draft.call("words", document.documentElement.lang);
  const keys = await draft.call("derive", toBytes(terms.salt));
  draft.free();
  const record = await receiptRecord(keys);
  const grants = await everyGrant(record.recipient);
  // Shown before the old ones stop: a cut network must not leave her with none.
  at("new-words").hidden = false;
  receipt.show(words);
  const old = back.visit().keys;
  const done = await back.act(async () => {
    try {
      await back.call("POST", "/receipt", { receipt: record, grants });
    } catch (error) {
      // Its answer may have been lost on the way: then the old words open nothing any more, and the new ones do.
      if (!(error instanceof Problem) || error.status !== 404) throw error;
    }
    await back.useKeys(keys);
  }, "done");
  if (!done) {
    await back.useKeys(old);
    at("new-words").hidden = true;
    receipt.forget();
    return;
  }
  at("new-words").querySelector("h3").focus();
}

function nameClose() {
  const button = at("close-go");
  button.textContent = (back.visit().seen.closed_at ? button.dataset.open : button.dataset.close) ?? "";
}

async function close() {
  const closed = !back.visit().seen.closed_at;
  if (await back.act(() => back.call("POST", "/close", { closed }), "done")) nameClose();
}

async function erase(button) {
  if (!button.classList.contains("danger")) return sure(button, button.dataset.sure);
  await back.act(() => back.call("POST", "/erase", { erase: true }), "done");
}

