// Who else helps: consents and referrals as they stand, and asking one more organisation. Chosen entries are sealed anew
// here, into a case of their own for the other organisation; the server checks that a consent allows it.

import { get, post, written } from "asset:desk-api.js";
import { openClerk } from "asset:desk-clerk.js";
import { at, busy, copy, make, notice } from "asset:desk-dom.js";
import { organisationName } from "asset:desk-entry.js";
import { fetchOpened } from "asset:desk-file.js";
import { desk, sealEntry, theSeal } from "asset:desk-keys.js";
import { prepareOutside } from "asset:desk-package.js";
import { caseOf } from "asset:desk-papers.js";
import { moment, now, say, word } from "asset:desk-words.js";
import { versionOf } from "asset:desk-work.js";
import { upload } from "asset:upload.js";
import { newId } from "asset:wire.js";

const OUTSIDE = "outside";
const DAY = 86400;

/** @type {() => any} */
let opened = () => null;
/** Loads what is open anew. @type {() => Promise<void>} */
let reload = async () => {};
/** Organisations that a case can be sealed for. @type {any[] | null} */
let joined = null;
/** The consent that the form refers by, where there is one: its id and what was asked. @type {{id: string, to: string, until: number, asked: any} | null} */
let by = null;

/** @param {() => any} whatIsOpen @param {() => Promise<void>} again */
export function startSharing(whatIsOpen, again) {
  [opened, reload] = [whatIsOpen, again];
  at("refer-open").addEventListener("click", () => (at("refer").hidden ? openForm(null) : closeForm()));
  at("refer-not-now").addEventListener("click", closeForm);
  at("refer").addEventListener("change", shape);
  at("refer").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("refer-go"), "refer-error", send);
  });
}

/** Whether something was written that was not sent. */
export const hasUnsentReferral = () => !at("refer").hidden && at("refer-why").value.trim() !== "";

export function forgetSharing() {
  closeForm();
  at("sharing-list").replaceChildren();
}

function closeForm() {
  by = null;
  at("refer").reset();
  at("refer").hidden = true;
  at("refer-open").setAttribute("aria-expanded", "false");
  at("refer-parts").replaceChildren();
  at("refer-members").querySelector("ul").replaceChildren();
  for (const id of ["refer-error", "refer-status"]) at(id).textContent = "";
}

export const nameOf = (id) => (id === OUTSIDE ? say("share-outside") : organisationName(id));

/** What stands, in rows. */
export function drawSharing() {
  const { found } = opened();
  const { consents, referrals } = found.work;
  const rows = Object.entries(referrals).map(([id, each]) => referralRow(found, id, each));
  for (const [id, each] of Object.entries(consents)) rows.push(consentRow(found, id, each));
  at("refer-open").hidden = !found.may.includes("refer");
  at("sharing-list").replaceChildren(...(rows.length ? rows : [make("li", say("share-none"), "fine")]));
  if (!at("refer").hidden) drawParts();
}

function row(line, state, when) {
  const item = copy("t-sharing");
  item.querySelector(".sharing-line").textContent = line;
  item.querySelector(".sharing-state").textContent = `${state} · ${moment(when)}`;
  return item;
}

/** @param {any} item @param {string} words @param {() => Promise<void>} does @param {string} [sure] asked once more with these words */
function action(item, words, does, sure) {
  const button = /** @type {any} */ (make("button", words, "button quiet"));
  button.type = "button";
  button.addEventListener("click", () => {
    if (sure && !button.classList.contains("danger")) {
      button.classList.add("danger");
      button.textContent = sure;
      return;
    }
    busy(button, "sharing-error", does);
  });
  item.querySelector(".actions").append(button);
}

function consentRow(found, id, each) {
  const item = row(say("share-to-line", nameOf(each.to), moment(each.until)), word("consent_state", each.state), each.at);
  item.dataset.state = each.state;
  const holds = ["given_by_person", "assent", "recorded_by_worker", "legal_duty"].includes(each.state);
  if (holds && each.until > now()) action(item, say("share-refer"), async () => openForm(id));
  if (["given_by_person", "assent", "recorded_by_worker", "asked"].includes(each.state)) {
    action(item, say("share-withdrawn"), () => consented(found, { kind: "consent_withdrawn", consent: id }, null));
  }
  return item;
}

function referralRow(found, id, each) {
  const key = !each.by_us ? "share-from-line" : each.conference ? "share-conference-line" : each.transfer ? "share-transfer-line" : "share-refer-line";
  const why = each.reason ? `: ${word("decline_reason", each.reason)}` : "";
  const item = row(say(key, nameOf(each.with), moment(each.until)), word("referral_state", each.state) + why, each.at);
  item.dataset.state = each.state;
  item.dataset.ours = String(each.by_us);
  const move = (state, reason) => async () => {
    await stepped(found, () => post(`cases/${found.id}/referrals/${id}`, { seen: versionOf(found), state, reason }));
    notice(say("share-moved"));
  };
  const waits = ["offered", "in_progress"].includes(each.state);
  const theirs = !each.by_us || each.with === OUTSIDE;
  if (!each.by_us && each.transfer && waits) item.querySelector(".actions").before(make("p", say("share-take-over"), "fine"));
  if (theirs && waits) action(item, say("share-accept"), move("accepted"));
  if (theirs && each.state === "offered") action(item, say("share-look"), move("in_progress"));
  if (theirs && each.state === "accepted") action(item, say("share-done"), move("done"));
  if (theirs && (waits || each.state === "accepted")) decline(item, move);
  if (each.by_us && (waits || each.state === "accepted")) action(item, say("share-revoke"), move("revoked"), say("share-revoke-sure"));
  return item;
}

function decline(item, move) {
  const part = copy("t-decline");
  const [select, button] = [part.querySelector("select"), part.querySelector("button")];
  button.addEventListener("click", () => {
    if (!select.value) return select.focus();
    return busy(button, "sharing-error", move("declined", select.value));
  });
  item.querySelector(".actions").append(part);
}

/** Does it and shows what stands then, also where it was refused because somebody was faster. */
async function stepped(found, does) {
  try {
    return await does();
  } finally {
    if (opened()?.found.id === found.id) await reload();
  }
}

/** Who could be asked: fetched once a form is opened. */
async function organisations() {
  joined ??= (await (await fetch("/api/v1/report/terms", { cache: "no-store", credentials: "omit" })).json()).organisations;
  return joined.filter((each) => each.kind !== "platform" && each.id !== desk.member.organisation);
}

/** @param {string | null} consent that allows it already */
async function openForm(consent) {
  const { found, contents } = opened();
  closeForm();
  const others = await organisations();
  const lang = document.documentElement.lang;
  const list = at("refer-to");
  for (const option of [...list.options].filter((one) => one.value && one.value !== OUTSIDE)) option.remove();
  list.options[0].after(...others.map((each) => new Option(each.name[lang] || each.name.vi, each.id)));
  at("refer-until").value = new Date((now() + 30 * DAY) * 1000).toISOString().slice(0, 10);
  if (consent) {
    const { to, until } = found.work.consents[consent];
    const entry = contents.find((content) => content?.consent?.id === consent);
    by = { id: consent, to, until, asked: entry?.consent };
    list.value = to;
    at("refer-why").value = entry?.text ?? "";
    at("refer-not").value = entry?.consent.not_told ?? "";
    at("refer-by").textContent = say("share-to-line", nameOf(to), moment(until));
  }
  drawParts();
  at("refer").hidden = false;
  at("refer-open").setAttribute("aria-expanded", "true");
  shape();
  (consent ? at("refer-go") : list).focus();
}

/** Each entry with a box; nothing is ticked, but what she agreed to where she was asked. */
function drawParts() {
  const { found, contents } = opened();
  const list = at("refer-parts");
  for (const entry of found.entries.slice(list.children.length)) {
    const content = contents[entry.number];
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: String(entry.number) });
    // Not what is about sharing itself, nor what can't be opened.
    const item = make("li");
    item.hidden = !content || Boolean(content.consent) || Boolean(found.locked_at && entry.kind === "file");
    box.checked = Boolean(by?.asked?.entries?.includes(entry.leaf));
    const label = make("label");
    label.append(box, ` ${entry.number + 1}. ${word("entry", entry.kind)} · ${moment(entry.at)}`);
    item.append(label);
    list.append(item);
  }
}

/** What fits what was chosen so far. */
function shape() {
  const { found } = opened() ?? {};
  if (!found) return;
  const way = at("refer").elements["refer-way"].value;
  const young = at("refer").dataset.young.split(" ").includes(found.work.age ?? found.facts.age);
  at("refer-outside").hidden = at("refer-to").value !== OUTSIDE;
  at("refer-to").disabled = Boolean(by);
  at("refer-until").closest(".field").hidden = Boolean(by);
  at("refer-by").hidden = !by;
  at("refer-ways").hidden = Boolean(by);
  at("refer-recorded").hidden = Boolean(by) ? !(young && found.work.consents[by.id]?.state === "assent" && !found.work.consents[by.id]?.representative) : way !== "recorded";
  at("refer-law").hidden = Boolean(by) || way !== "law";
  for (const id of ["refer-assent-row", "refer-representative-row"]) at(id).hidden = !young;
  at("refer-conference").hidden = !by || by.to === OUTSIDE;
  const go = at("refer-go").dataset;
  at("refer-go").textContent = (!by && way === "ask" ? go.ask : go.send) ?? "";
  if (at("refer-meet").checked && by) drawMembers(found).catch((error) => notice(error.message, "stern"));
  at("refer-members").hidden = !at("refer-meet").checked;
}

/** Members of both who have a key; nobody is ticked. */
async function drawMembers(found) {
  const list = at("refer-members").querySelector("ul");
  if (list.children.length > 0 || !by) return;
  const { members } = await get(`cases/${found.id}/consents/${by.id}/members`);
  if (list.children.length > 0) return;
  list.append(...members.map((each) => {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: each.id });
    Object.assign(box.dataset, { recipient: each.recipient, organisation: each.organisation });
    const label = make("label");
    label.append(box, ` ${each.name} · ${organisationName(each.organisation)} · ${word("role", each.role)}`);
    const item = make("li");
    item.append(label);
    return item;
  }));
}

/** What the form says; an error where something is missing. */
function read() {
  const { found } = opened();
  const form = at("refer");
  const value = (id) => at(id).value.trim();
  const to = by?.to ?? at("refer-to").value;
  const numbers = [...at("refer-parts").querySelectorAll(":checked")].map((box) => Number(box.value));
  const way = form.elements["refer-way"].value;
  if (!to || (to === OUTSIDE && !value("refer-name"))) throw new Error(say("share-choose"));
  if (numbers.length === 0) throw new Error(say("share-entries"));
  if (!value("refer-why")) throw new Error(say("share-why"));
  if (!by && !way) throw new Error(say("share-way"));
  if (!by && !value("refer-until")) throw new Error(say("share-until"));
  if (by?.asked?.entries) {
    const over = numbers.find((number) => !by.asked.entries.includes(found.entries[number].leaf));
    if (over !== undefined) throw new Error(say("share-too-much", over + 1));
  }
  const recorded = !at("refer-recorded").hidden;
  const young = !at("refer-assent-row").hidden;
  if (recorded && (!value("refer-said") || !value("refer-from"))) throw new Error(say("share-from"));
  if (recorded && young && (!at("refer-assent").checked || !value("refer-representative"))) throw new Error(say("share-representative"));
  if (!by && way === "law" && !value("refer-duty")) throw new Error(say("share-duty"));
  const until = by?.until ?? Math.floor(Date.parse(`${value("refer-until")}T23:59:59+07:00`) / 1000);
  return {
    to, numbers, way, until, recorded, young, name: value("refer-name"), why: value("refer-why"), notTold: value("refer-not"),
    contact: value("refer-contact"), from: recorded ? value("refer-from") : "", said: value("refer-said"), duty: value("refer-duty"),
    representative: value("refer-representative"), transfer: at("refer-transfer").checked,
    members: at("refer-meet").checked && by ? [...at("refer-members").querySelectorAll(":checked")] : null,
  };
}

async function send() {
  const { found } = opened();
  const wish = read();
  let consent = by?.id;
  await stepped(found, async () => {
    if (!consent) {
      consent = await ask(found, wish);
      // Should what follows fail, the next try rests on the same consent.
      const entries = wish.numbers.map((number) => found.entries[number].leaf);
      if (wish.way !== "ask") by = { id: consent, to: wish.to, until: wish.until, asked: { entries } };
    }
    else if (wish.recorded && wish.way === "") await consented(found, recordedBy(consent, wish), null, true, { text: wish.from });
    if (wish.way === "ask") return notice(say("share-asked"));
    at("refer-status").textContent = say("share-sending");
    await refer(found, wish, consent);
    return notice(say(wish.to === OUTSIDE ? "share-outside-next" : "share-sent"));
  });
  closeForm();
  if (wish.to === OUTSIDE && wish.way !== "ask") await outside(opened(), wish, consent);
}

const recordedBy = (consent, { to, until, said, young, representative }) => ({
  kind: "consent_recorded", consent, to, until, way: said, assent: young, representative: young ? representative : null,
});

/** Asks her, or records what she said, or by which law; she reads it in her case, whichever it is. */
async function ask(found, wish) {
  const { to, until, numbers, way, why, notTold, duty } = wish;
  const consent = newId();
  const entries = numbers.map((number) => found.entries[number].leaf);
  const changes = {
    ask: { kind: "consent_asked", consent, to, until },
    recorded: recordedBy(consent, wish),
    law: { kind: "consent_recorded", consent, to, until, duty },
  };
  const lead = { ask: "", recorded: `${say("share-recorded")} `, law: `${say("share-law")} ${duty && word("legal_duty", duty)}. ` }[way];
  const content = { text: lead + why, consent: { id: consent, to, until, entries, not_told: notTold } };
  // From whom it came stays among colleagues.
  await consented(found, changes[way], content, true, wish.from ? { ...content, from: wish.from } : content);
  return consent;
}

/** One change of a consent, with what she reads of it, and what colleagues do. @param {any} found @param {any} change @param {any} content @param {boolean} [goesOn] @param {any} [forUs] */
async function consented(found, change, content, goesOn = false, forUs = content) {
  const work = async () => {
    const told = content && { epoch: found.epoch, entry: await sealEntry(found.recipient, "message", content) };
    const sealed = forUs && (await sealEntry(desk.organisation.recipient, "message", forUs)).sealed;
    const answer = await post(`cases/${found.id}/consents`, { seen: versionOf(found), change, told, sealed });
    found.work = answer.work;
  };
  if (goesOn) await work();
  else await stepped(found, work);
}

/** The case for them: a letter, then the chosen entries, files too, each sealed anew. */
async function refer(found, wish, consent) {
  const body = { seen: versionOf(found), referral: newId(), to: wish.to, consent, until: wish.until, transfer: wish.transfer };
  const { why, name, numbers } = wish;
  const sealed = (await sealEntry(desk.organisation.recipient, "message", { text: why, name, entries: numbers })).sealed;
  if (wish.to === OUTSIDE) return post(`cases/${found.id}/referrals`, { ...body, sealed });
  if (wish.members && new Set(wish.members.map((box) => box.dataset.organisation)).size < 2) throw new Error(say("share-members"));
  const child = await theSeal().make("Case");
  try {
    const recipient = await child.call("recipient");
    const grant = async (to) => written(await child.call("grant_to", to));
    const id = newId();
    const entries = await sealedAnew(found, wish, consent, child, recipient, id);
    const there = (await organisations()).find((each) => each.id === wish.to);
    if (!there) throw new Error(say("share-choose"));
    const readers = wish.members
      ? { members: await Promise.all(wish.members.map(async (box) => ({ member: box.value, sealed: await grant(box.dataset.recipient) }))) }
      : { organisation: await grant(there.recipient) };
    const made = { id, recipient, origin: await grant(found.recipient), ...readers, entries };
    return await post(`cases/${found.id}/referrals`, { ...body, sealed, child: made });
  } finally {
    child.free().catch(() => {});
  }
}

async function sealedAnew(found, wish, consent, child, recipient, id) {
  const { cases, contents } = opened();
  const seal = async (kind, content, files = []) => {
    const { bytes, leaf } = await child.call("seal", new TextEncoder().encode(JSON.stringify(content)));
    return { kind, sealed: written(bytes), leaf: written(leaf), files };
  };
  const { state } = found.work.consents[consent];
  const letter = { consent: state, until: wish.until, not_told: wish.notTold, contact: wish.contact };
  const entries = [await seal("message", { text: wish.why, letter })];
  for (const number of wish.numbers) {
    const entry = found.entries[number];
    const was = contents[number].was ?? { author: entry.author, at: entry.at, number, leaf: entry.leaf };
    const content = { ...contents[number], was };
    if (entry.kind !== "file") {
      entries.push(await seal(entry.kind, content));
      continue;
    }
    const blob = await fetchOpened(content, { id: found.id, key: cases.get(entry.epoch) }, () => {});
    const file = await upload(theSeal(), recipient, id, blob, () => {}, () => {});
    entries.push(await seal("file", { ...content, file: file.id }, [file.id]));
  }
  return entries;
}

/** A consent's state as the cover sheet has it. @type {Record<string, string>} */
const BASIS = { given_by_person: "person", recorded_by_worker: "recorded", assent: "assent", legal_duty: "duty" };

/** The package for somebody who isn't here: made below, with a cover sheet in it. @param {any} open @param {any} wish @param {string} consent */
async function outside(open, { numbers, name, why, notTold, contact, until, said, duty }, consent) {
  const { entries, work } = open.found;
  const clerk = await openClerk();
  const lang = document.documentElement.lang;
  const known = JSON.parse(clerk.filled("cover", caseOf(open), lang));
  const values = {
    ...known, recipient: name, why, until: moment(until), rules: "yes",
    parts: numbers.map((number) => `${number + 1}. ${word("entry", entries[number].kind)} · ${moment(entries[number].at)}`).join("\n"),
    not_told: [known.not_told, notTold].filter(Boolean).join("\n"),
    safe: contact || known.safe,
    basis: BASIS[work.consents[consent]?.state],
    basis_note: [said && word("consent_way", said), duty && word("legal_duty", duty)].filter(Boolean).join(", "),
  };
  prepareOutside(numbers, name, { name: say("letter-cover"), text: clerk.text("cover", JSON.stringify(values), lang) });
}
