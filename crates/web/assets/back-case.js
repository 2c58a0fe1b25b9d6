// The case as she sees it: how it stands with each organisation, everything said so far, who opened what.

import { toBytes } from "asset:wire.js";
import { at, bytesSaid, copyOf, inLanguage, moment, names, said } from "asset:words.js";

/** @param {any} visit of back.js */
export async function showCase(visit) {
  const { seen } = visit;
  const line = at("case-line");
  line.textContent = seen.closed_at
    ? said(line.dataset.closed, { when: moment(seen.closed_at) })
    : said(line.dataset.received, { when: moment(seen.received_at) });
  at("case-locked").hidden = !seen.locked_at;
  // Nothing of a locked case is exported, by nobody.
  at("package").hidden = Boolean(seen.locked_at);
  const chosen = seen.facts?.age;
  at("picture-warning").hidden = ["18_24", "25_59", "60_plus"].includes(chosen ?? "");
  standing(seen.organisations);
  openings(seen.openings, seen.organisations);
  const entries = await Promise.all(seen.entries.map((entry) => opened(visit.cases, entry)));
  at("talk").replaceChildren(...entries.map((entry) => drawn(entry, seen.organisations)));
  return entries;
}

/** Opens an entry; one that was exchanged or damaged opens as nothing. */
export async function opened(cases, entry) {
  try {
    const { content, leaf } = await cases.get(entry.epoch).call("open", toBytes(entry.sealed));
    const told = toBytes(entry.leaf);
    if (leaf.some((byte, i) => byte !== told[i])) return { ...entry, content: undefined };
    return { ...entry, content: JSON.parse(new TextDecoder().decode(content)) };
  } catch (error) {
    if (error.message === "broke") throw error;
    return { ...entry, content: undefined };
  }
}

function standing(organisations) {
  at("standing").replaceChildren(...organisations.map((each) => {
    const item = copyOf("standing-template");
    const state = item.querySelector(".stand-state");
    const when = item.querySelector(".stand-when");
    item.dataset.state = each.withdrawn_at || each.left_at ? "withdrawn" : each.state;
    item.querySelector("strong").textContent = inLanguage(each.name);
    state.textContent = each.withdrawn_at
      ? said(state.dataset.withdrawn, { when: moment(each.withdrawn_at) })
      : each.left_at ? said(state.dataset.left, { when: moment(each.left_at) })
      : names(state.dataset.names).get(each.state) ?? "";
    when.textContent = [
      each.opened_at && said(when.dataset.opened, { when: moment(each.opened_at) }),
      each.answered_at && said(when.dataset.answered, { when: moment(each.answered_at) }),
    ].filter(Boolean).join(" · ");
    keeps(item.querySelector(".stand-keeps"), each);
    return item;
  }));
}

/** A month before its time runs out she is warned. As `casework::retention` has it. */
const WARNING_SECONDS = 30 * 86400;

function keeps(line, { hold, runs_out_at: end, ran_out_at: over, withdrawn_at: gone }) {
  const words = line.dataset;
  const near = end && end - WARNING_SECONDS <= Date.now() / 1000;
  line.textContent = hold ? said(words.hold, { why: names(words.grounds).get(hold) })
    : over ? said(words.over, { when: moment(over) })
    : end && !gone ? said(near ? words.near : words.until, { when: moment(end) }) : "";
  line.toggleAttribute("data-warns", Boolean(near && !gone && !hold));
  line.hidden = line.textContent === "";
}

function openings(all, organisations) {
  const list = at("openings");
  const roles = names(list.dataset.roles);
  const what = names(list.dataset.what);
  const name = (id) => inLanguage(organisations.find((each) => each.id === id)?.name) || id;
  const lines = all.map((each) => `${moment(each.at)}: ${name(each.organisation)}, ${roles.get(each.role) ?? ""}, ${what.get(each.what) ?? each.what}`);
  at("openings-count").textContent = all.length > 0 ? `(${all.length})` : "";
  list.replaceChildren(...(lines.length > 0 ? lines : [list.dataset.none]).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

export function drawn(entry, organisations, mayCorrect = true) {
  const words = at("talk").dataset;
  const item = copyOf("entry-template");
  const own = entry.author === "person";
  item.toggleAttribute("data-own", own);
  const find = (name) => item.querySelector(name);
  find(".entry-number").textContent = `${entry.number + 1}.`;
  find(".entry-author").textContent = own ? words.you : inLanguage(organisations.find((each) => each.id === entry.author)?.name) || entry.author;
  find(".entry-kind").textContent = names(words.kinds).get(entry.kind) ?? "";
  find("time").textContent = moment(entry.at);
  find("time").dateTime = new Date(entry.at * 1000).toISOString();
  find(".entry-text").textContent = entry.content === undefined ? words.locked : textOf(entry, words);
  const button = find("[data-correct]");
  button.hidden = !mayCorrect || !own || !["story", "message", "answers"].includes(entry.kind);
  button.dataset.correct = String(entry.number);
  return item;
}

/** What an opened entry says, in words. */
export const entryText = (entry) => textOf(entry, at("talk").dataset);

function textOf({ kind, content }, words) {
  if (kind === "answers") return answersOf(content.answers ?? []);
  if (kind === "findings") return words.checked;
  if (kind === "file") return said(content.role === "reading_copy" ? words.copy : words.file, { name: content.name, size: bytesSaid(content.size ?? 0) });
  if (kind === "contact") return said(words.contact, { how: content.how || "…", when: content.when || "…", never: content.never || "…" });
  if (kind === "correction") return `${said(words.correction, { n: Number(content.corrects) + 1 })}: ${content.text}`;
  return content.text ?? "";
}

/** Her answers in words; an organisation's own questions carry their own. */
function answersOf(answers) {
  const words = names(at("talk").dataset.answers);
  return answers.map(({ question, asked: own, text, choice }) => {
    const [code] = question.split(":");
    const chosen = [choice].flat().filter(Boolean).map((each) => words.get(`${code}.${each}`) ?? each);
    const asked = own ?? words.get(code) ?? code;
    return `${asked}${/[.?]$/.test(asked) ? "" : ":"} ${text ?? chosen.join(", ")}`;
  }).join("\n");
}
