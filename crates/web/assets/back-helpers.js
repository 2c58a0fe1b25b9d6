// Others who help too: what she is asked, what she allowed, what was done, what is next, and their messages. Each case
// that was made out of hers opens by hers.

import { drawn, opened } from "asset:back-case.js";
import { sealEntry } from "asset:entries.js";
import { toBytes, toText } from "asset:wire.js";
import { at, copyOf, inLanguage, moment, names, said } from "asset:words.js";

/** What `back.js` lends. @type {{act: Function, call: Function, visit: () => any}} */
let back;

export function watchHelpers(given) {
  back = given;
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("#said-go")) say();
  });
}

/** @param {any} visit @param {any[]} entries of her case, opened */
export async function showHelpers(visit, entries) {
  const { helpers } = visit.seen;
  at("receipt-known").hidden = !visit.seen.receipt_known;
  visit.below ??= new Map();
  /** @type {Map<string, any[]>} */
  const threads = new Map([[visit.seen.id, entries]]);
  for (const each of helpers.cases) {
    await open(visit, each);
    const cases = new Map([[0, visit.below.get(each.id)]]);
    threads.set(each.id, await Promise.all(each.entries.map((entry) => opened(cases, entry))));
  }
  asked(helpers, threads);
  at("wellbeing").hidden = helpers.asks.length === 0;
  next(helpers);
  others(helpers, threads);
  allowed(helpers);
  done(helpers);
}

const nameOf = (helpers, id) => inLanguage(helpers.names[id]) || id;

/** Its key, sealed to the case that it was made out of. */
async function open(visit, each) {
  if (visit.below.has(each.id)) return;
  const above = each.parent === visit.seen.id ? [...visit.cases.values()] : [visit.below.get(each.parent)].filter(Boolean);
  for (const key of above) {
    for (const { sealed } of each.grants) {
      const found = await key.call("open_case", toBytes(sealed)).catch((error) => {
        if (error.message === "broke") throw error;
      });
      if (found) return visit.below.set(each.id, found);
    }
  }
}

function fill(item, selector, values) {
  const line = item.querySelector(selector);
  line.textContent = said(line.dataset.line, values);
}

function asked(helpers, threads) {
  const waiting = helpers.consents.filter((each) => each.state === "asked");
  at("asked").hidden = waiting.length === 0;
  at("asked-list").replaceChildren(...waiting.map((each) => question(each, helpers, threads.get(each.case) ?? [])));
}

/** What she would sign is what stands sealed; where the server says otherwise she is warned, and can't agree. */
function question(each, helpers, thread) {
  const item = copyOf("asked-template");
  const entry = thread.find(({ author, content }) => author === each.organisation && content?.consent?.id === each.consent);
  const asks = entry?.content.consent;
  const right = Boolean(asks) && asks.to === each.to && asks.until === each.until;
  const words = { org: nameOf(helpers, each.organisation), to: each.to_name, when: moment(each.until) };
  item.dataset.consent = each.consent;
  fill(item, "h3", words);
  for (const selector of [".consent-told", ".consent-hidden-label", ".consent-until", ".consent-otherwise"]) fill(item, selector, words);
  item.querySelector(".consent-why").textContent = entry?.content.text ?? "";
  const list = item.querySelector(".consent-entries");
  const kinds = names(at("talk").dataset.kinds);
  const named = thread.filter(({ leaf }) => asks?.entries?.includes(leaf));
  list.replaceChildren(...named.map(({ number, kind }) =>
    Object.assign(document.createElement("li"), { textContent: said(list.dataset.line, { n: number + 1, kind: kinds.get(kind) ?? kind }) })));
  item.querySelector(".consent-hidden").textContent = asks?.not_told ?? "";
  for (const selector of [".consent-hidden", ".consent-hidden-label"]) item.querySelector(selector).hidden = !asks?.not_told;
  item.querySelector(".consent-wrong").hidden = right;
  const agree = item.querySelector(".consent-agree");
  agree.hidden = !right;
  agree.addEventListener("click", () => answer(each, "agrees", entry));
  item.querySelector(".consent-refuse").addEventListener("click", () => answer(each, "refuses"));
  return item;
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {any} each @param {"agrees" | "refuses" | "takes_back"} word @param {any} [entry] the one that asked her */
function answer(each, word, entry) {
  const { case: id, organisation, consent } = each;
  return back.act(async () => {
    const body = { case: id, organisation, consent, answer: word };
    if (entry) {
      // As `casework::consent` writes it.
      const { to, until } = entry.content.consent;
      const text = `haidang consent 1\ncase ${id}\nconsent ${consent}\nto ${to}\nuntil ${until}\nasked ${hex(toBytes(entry.leaf))}\n`;
      const signature = await back.visit().keys.call("sign", "consent", new TextEncoder().encode(text));
      Object.assign(body, { asked: entry.leaf, signature: toText(signature) });
    }
    await back.call("POST", "/consents", body);
  }, "done");
}

function next(helpers) {
  const list = at("next");
  const lines = helpers.next.map(({ organisation, what, due }) => said(list.dataset.line, { org: nameOf(helpers, organisation), when: moment(due), what }));
  items(list, lines);
  list.hidden = lines.length === 0;
}

function items(list, lines) {
  list.replaceChildren(...lines.map((textContent) => Object.assign(document.createElement("li"), { textContent })));
}

/** One list of all who were asked to help too, each with what was said there. */
function others(helpers, threads) {
  const list = at("helper-list");
  const before = new Map([...list.children].map((item) => [item.dataset.case, item.querySelector("textarea").value]));
  at("helpers").hidden = helpers.cases.length === 0;
  const all = Object.entries(helpers.names).map(([id, name]) => ({ id, name }));
  list.replaceChildren(...helpers.cases.map((each) => {
    const item = copyOf("helper-template");
    const thread = threads.get(each.id) ?? [];
    const readers = each.readers.filter((reader) => !each.conference || reader.id !== each.from);
    item.dataset.case = each.id;
    item.querySelector("h3").textContent = readers.map(({ id }) => nameOf(helpers, id)).join(", ");
    item.querySelector(".helper-state").textContent = names(list.dataset.states).get(each.state) ?? "";
    const reads = each.readers.some((reader) => !reader.withdrawn_at);
    fill(item, ".helper-until", { when: moment(each.until ?? 0) });
    item.querySelector(".helper-until").hidden = !reads || !each.until;
    fill(item, ".helper-knows", { n: thread.filter(({ content }) => content?.was).length });
    const own = thread.filter(({ content }) => !content?.was);
    item.querySelector(".talk").replaceChildren(...own.map((entry) => drawn(entry, all, false)));
    item.querySelector(".write").hidden = !reads;
    const box = item.querySelector("textarea");
    box.value = before.get(each.id) ?? "";
    item.querySelector(".helper-send").addEventListener("click", () => write(each, box));
    return item;
  }));
}

async function write(each, box) {
  const text = box.value.trim();
  const key = back.visit().below.get(each.id);
  if (!text || !key) return box.focus();
  const entry = await sealEntry(key, "message", { text });
  box.value = "";
  if (!await back.act(() => back.call("POST", `/helpers/${each.id}/entries`, { entries: [entry] }), "sent")) {
    const again = document.querySelector(`#helper-list [data-case="${each.id}"] textarea`);
    if (again) again.value = text;
  }
}

function allowed(helpers) {
  const list = at("consent-list");
  const told = helpers.consents.filter(({ state }) => state !== "asked");
  at("consents-count").textContent = told.length > 0 ? `(${told.length})` : "";
  list.replaceChildren(...told.map((each) => {
    const item = copyOf("consent-template");
    const words = { org: nameOf(helpers, each.organisation), to: each.to_name, when: moment(each.until) };
    item.querySelector(".consent-line").textContent = said(list.dataset.line, words);
    item.querySelector(".consent-said").textContent = each.said;
    fill(item, ".consent-warn", words);
    const button = item.querySelector(".consent-back");
    for (const part of [button, item.querySelector(".consent-warn")]) part.hidden = !each.can_be_taken_back;
    button.addEventListener("click", () => answer(each, "takes_back"));
    return item;
  }));
  if (told.length === 0) items(list, [list.dataset.none]);
}

function done(helpers) {
  const list = at("done-list");
  at("done-count").textContent = helpers.done.length > 0 ? `(${helpers.done.length})` : "";
  items(list, helpers.done.length > 0 ? helpers.done.map((each) => `${moment(each.at)}: ${each.said}`) : [list.dataset.none]);
}

/** How she is, told to every case where somebody asks. */
async function say() {
  const chosen = (name) => document.querySelector(`#wellbeing [name=${name}]:checked`)?.value;
  const [wellbeing, helped] = [chosen("wellbeing"), chosen("helped")];
  if (!wellbeing && !helped) return document.querySelector("#wellbeing input").focus();
  const { asks } = back.visit().seen.helpers;
  const sent = await back.act(async () => {
    for (const id of asks) await back.call("POST", "/said", { case: id, wellbeing, helped });
  }, "sent");
  if (sent) at("wellbeing").hidden = true;
}
