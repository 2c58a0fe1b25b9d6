// Seals the report and sends it. The sealed report is made once: however often the network drops, the same one is sent,
// under the same id, and arrives once.

import { openSeal, receiptRecord, sealEntry } from "asset:entries.js";
import { sealAll } from "asset:files.js";
import { upload } from "asset:upload.js";
import { Problem, ask, newId, patient, toBytes, toText } from "asset:wire.js";
import { at, inLanguage, said } from "asset:words.js";

const CLEAR = ["harm", "urgency", "age", "sex", "province", "language"];

export class Sending {
  /** @param {any} report of ask.js */
  constructor(report) {
    this.report = report;
    this.answerWithin = 0;
  }

  /** Fetches the seal while she is still writing. */
  warm() {
    this.opening ??= openSeal(() => {});
    // Where it fails, sending says so.
    this.opening.catch(() => {});
  }

  forget() {
    this.opening?.then((seal) => seal.close(), () => {});
    this.filing?.then((seal) => seal.close(), () => {});
    this.seal = this.opening = this.filing = undefined;
    this.body = undefined;
    this.proof = undefined;
  }

  /** What stands open, with its switches, and what is sealed. */
  showClear(facts, chosen) {
    const list = at("facts");
    for (const code of CLEAR) {
      list.querySelector(`[data-fact=${code}]`).textContent = factSaid(code, facts) || list.dataset.none;
    }
    const { findings, files } = this.report;
    const answers = this.report.questions.answers().length;
    const words = at("sealed-list").dataset;
    const lines = [
      at("story").value.trim() && words.story,
      answers > 0 && said(words.answers, { n: answers }),
      findings && words.findings,
      at("with-text").checked && words.text,
      files.list.length > 0 && said(words.files, { n: files.list.length }),
    ].filter(Boolean);
    items(at("sealed-list"), lines.length > 0 ? lines : [words.nothing]);
    const goes = at("goes-to");
    items(goes, chosen.length > 0 ? chosen.map((each) => inLanguage(each.name)) : [goes.dataset.nobody]);
  }

  /** Gives the ten words; "again" where it was refused and something must be changed first. */
  async send(facts, chosen, moreAnswers) {
    for (;;) {
      try {
        return await this.attempt(facts, chosen, moreAnswers);
      } catch (error) {
        const refused = error instanceof Problem && [400, 404, 413, 422].includes(error.status);
        const lost = refused || !(error instanceof Problem);
        if (lost) this.forget();
        if (!await failed(error)) return undefined;
        if (lost) return "again";
      }
    }
  }

  async attempt(facts, chosen, moreAnswers) {
    at("send-again").hidden = true;
    // The line is looked up each time: the page may change its language meanwhile.
    let doing = () => "";
    const put = (words) => { at("send-line").textContent = words ?? ""; };
    const say = (name, values = {}) => {
      doing = () => said(at("send-line").dataset[name], values);
      put(doing());
    };
    const tell = (waiting) => put(waiting ? at("send-line").dataset.waiting : doing());
    say("keys");
    const terms = await patient(() => ask("GET", "/api/v1/report/terms"), tell);
    this.body ??= await this.prepare(terms, facts, chosen, moreAnswers, say, tell);
    await this.deliver(terms, say, tell);
    at("send-progress").value = 100;
    this.answerWithin = answerWithin(this.body.facts);
    const words = this.words;
    const { proof } = this;
    this.forget();
    this.words = [];
    this.proof = proof;
    return words;
  }

  /** Everything sealed, files sent. Made once. */
  async prepare(terms, facts, chosen, moreAnswers, say, tell) {
    this.seal = await (this.opening ??= openSeal(tell));
    const [theCase, receipt] = await Promise.all([this.seal.make("Case"), this.seal.make("ReceiptDraft")]);
    this.words = await receipt.call("words", document.documentElement.lang);
    const keys = await receipt.call("derive", toBytes(terms.salt));
    const record = await receiptRecord(keys);
    const id = newId();
    const grant = async (recipient) => toText(await theCase.call("grant_to", recipient));
    const grants = [{ epoch: 0, sealed: await grant(record.recipient) }];
    for (const each of chosen) grants.push({ organisation: each.id, epoch: 0, sealed: await grant(each.recipient) });
    const entries = await this.entries(theCase, facts, moreAnswers);
    await this.files(theCase, id, entries, say, tell);
    const open = new Set([...document.querySelectorAll("input[name=open]:checked")].map((box) => box.value));
    const clear = Object.fromEntries(CLEAR.filter((code) => open.has(code) && facts[code]).map((code) => [code, facts[code]]));
    return { id, receipt: record, recipient: await theCase.call("recipient"), audience: facts.audience, facts: clear, grants, entries };
  }

  /** Her words, her answers, what the check found. What she left out of the clear is told to those she chose. */
  async entries(theCase, facts, moreAnswers) {
    const story = at("story").value.trim();
    const { findings, questions, text } = this.report;
    const told = ["relation", ...CLEAR].filter((code) => facts[code]).map((code) => ({ question: code, choice: facts[code] }));
    const answers = [...told, ...moreAnswers, ...questions.answers()];
    if (text && at("with-text").checked) answers.push({ question: "checked_message", text });
    const entries = [];
    if (story) entries.push(await sealEntry(theCase, "story", { text: story }));
    if (answers.length > 0 || !story) entries.push(await sealEntry(theCase, "answers", { answers }));
    if (findings) entries.push(await sealEntry(theCase, "findings", findings));
    return entries;
  }

  async files(theCase, id, entries, say, tell) {
    const { list } = this.report.files;
    const of = list.reduce((sum, { copy }) => sum + (copy ? 2 : 1), 0);
    let n = 0;
    const progress = (share) => { at("send-progress").value = ((n - 1 + share) / of) * 90; };
    const recipient = await theCase.call("recipient");
    const send = async (blob) => {
      n += 1;
      say("files", { n, of });
      return upload(await (this.filing ??= openSeal(tell)), recipient, id, blob, tell, progress);
    };
    await sealAll(list, send, async (about, ids) => entries.push(await sealEntry(theCase, "file", about, ids)) - 1);
  }

  /** The same report until it is acknowledged; a challenge that ran out meanwhile is solved anew. */
  async deliver(terms, say, tell) {
    let { work } = terms;
    for (let tries = 0; ; tries += 1) {
      say("work");
      const answer = await this.seal.call("solve", toBytes(work.challenge), work.bits);
      say("report");
      at("send-progress").value = 95;
      try {
        const json = { ...this.body, work: { challenge: work.challenge, answer } };
        const { at: when, head } = await patient(() => ask("POST", "/api/v1/report", { json }), tell);
        this.proof = { at: when, head, server_key: terms.server_key, server: location.host };
        return;
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== "work_needed" || tries > 3) throw error;
        ({ work } = await patient(() => ask("GET", "/api/v1/report/terms"), tell));
      }
    }
  }

  /** Head, time and key; neither her words nor the receipt. */
  saveProof() {
    const blob = new Blob([JSON.stringify(this.proof, null, 2)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = at("save-proof").dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

/** Seconds until somebody should answer, by the clock that the server starts: as `casework::clock` has it. */
function answerWithin({ urgency = "today", age = "unknown", harm }) {
  const child = ["under_7", "7_11", "12_15", "16_17"].includes(age);
  const acute = document.querySelector(`#ask input[name=harm][value="${harm}"]`)?.hasAttribute("data-acute") ?? false;
  const late = ["soon", "when_ready"].includes(urgency) && (acute || age === "unknown");
  const hours = { now: 1, today: child && acute ? 12 : 24, soon: 72, when_ready: 168 };
  return hours[late ? "today" : urgency] * 3600;
}

/** Says why, and waits until she wants to try again. False where she has left meanwhile. */
function failed(error) {
  const line = document.getElementById("send-line");
  if (!line) return false;
  line.textContent = said(line.dataset.failed, { why: error instanceof Problem ? error.message : line.dataset.broken });
  const again = at("send-again");
  again.hidden = false;
  again.focus();
  return new Promise((done) => again.addEventListener("click", () => done(true), { once: true }));
}

/** A fact as she chose it, in the page's own words. */
function factSaid(code, facts) {
  const value = facts[code];
  if (!value) return "";
  if (code === "province" && value !== "abroad") return at("province").selectedOptions[0]?.textContent ?? "";
  const name = code === "province" ? "abroad" : code;
  const box = document.querySelector(code === "province" ? "#abroad" : `#ask input[name="${name}"][value="${value}"]`);
  const label = box?.closest("label");
  return (label?.querySelector("strong") ?? label?.querySelector("span"))?.textContent ?? value;
}

function items(list, lines) {
  list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}
