// The work on the opened case: where it stands, what was done. Parts of the page that show it say so with `whenWork`;
// whatever changes it goes through `carryOut`.

import { get, post } from "asset:desk-api.js";
import { at } from "asset:desk-dom.js";
import { openNote, sealNote } from "asset:desk-keys.js";
import { areKnown, loadNames } from "asset:desk-names.js";
import { letGo } from "asset:desk-steps.js";
import { say, setClock } from "asset:desk-words.js";

/**
 * @typedef {object} Shown
 * @property {string} id of the case
 * @property {any} found the case, as the server tells
 * @property {any} work where it stands
 * @property {any[]} events what was done, oldest first; `words` is what was sealed with it
 * @property {{duty: string, due: number}[]} duties what the law still makes us do
 * @property {string[]} may what her role lets her do to it, as her organisation stands to it
 */

/** @type {Shown | null} */
let shown = null;
/** Sealed words that were opened, by the number of their event. @type {Map<number, any>} */
const opened = new Map();
/** Counts openings, so that an answer that comes late finds nothing of another case. */
let turn = 0;
/** @type {((shown: Shown) => void)[]} */
const drawers = [];
/** @type {(() => void)[]} */
const wipers = [];

/** @param {(shown: Shown) => void} draw @param {() => void} wipe takes everything off the page again */
export function whenWork(draw, wipe) {
  drawers.push(draw);
  wipers.push(wipe);
}

/** What is shown. */
export const workNow = () => shown;

/** Nothing of it stays in the page. */
export function closeWork() {
  turn += 1;
  shown = null;
  opened.clear();
  letGo();
  at("note-form").reset();
  for (const wipe of wipers) wipe();
}

/** The newest note on safe contact, opened before all else. @param {any} told what was done */
export async function openContact({ events }) {
  const event = events.findLast(({ change }) => change?.kind === "noted" && change.about === "contact");
  if (!event) return null;
  if (event.sealed && !opened.has(event.number)) opened.set(event.number, await openNote(event.sealed));
  return { ...event, words: opened.get(event.number) };
}

/** Reads what was done about a case that is open now. @param {any} found the case @param {Promise<any>} [asked] @param {boolean} [anew] */
export async function showWork(found, asked, anew = false) {
  // What is known already needs no second look.
  if (!anew && shown?.id === found.id && shown?.work.version === found.work.version) {
    shown.found = found;
    return draw();
  }
  const mine = ++turn;
  const told = await (asked ?? get(`cases/${found.id}/work`));
  if (mine !== turn) return undefined;
  setClock(told.now);
  const named = told.events.flatMap(({ member, change }) => [member, change?.owner, change?.set?.owner]);
  const names = areKnown([...named, told.work.owner]) ? undefined : loadNames().catch(() => {});
  for (const event of told.events) {
    if (event.sealed && !opened.has(event.number)) opened.set(event.number, await openNote(event.sealed));
    event.words = event.sealed ? opened.get(event.number) ?? { text: say("altered-note") } : undefined;
    if (mine !== turn) return undefined;
  }
  await names;
  if (mine !== turn) return undefined;
  // They were asked for at the same time, and to read the one is a change of the other.
  const { work, duties, may } = asked && told.work.version < found.work.version ? found : told;
  shown = { id: found.id, found, work, events: told.events, duties, may };
  return draw();
}

function draw() {
  if (!shown) return;
  const focused = /** @type {any} */ (document.activeElement);
  const [key, part] = [focused?.dataset?.key, focused?.closest?.("#work")];
  for (const drawer of drawers) drawer(shown);
  // What had the focus was drawn anew, or is not there any more.
  if (!part || focused.isConnected && !focused.closest("[hidden]")) return;
  /** @type {any} */ (key && at("work").querySelector(`[data-key="${CSS.escape(key)}"]`) || at("work-heading")).focus();
}

/**
 * Writes one change down, with words sealed beside it, and shows what follows.
 * @param {any} change as the server takes it @param {unknown} [words]
 */
export async function carryOut(change, words) {
  for (let tries = 0; ; tries += 1) {
    if (!shown) throw new Error(say("gone"));
    const { found, work, events } = shown;
    try {
      await send(found.id, work.version, change, words);
      return again(found);
    } catch (error) {
      if (/** @type {any} */ (error).code !== "changed_meanwhile") throw error;
    }
    const seen = events.at(-1)?.number ?? -1;
    await again(found);
    const isHarmless = shown?.events.every(({ number, change: other }) => number <= seen || ADDS.has(other?.kind));
    if (!isHarmless || tries > 2) throw new Error(say("work-changed"));
  }
}

/** What a colleague may do meanwhile that asks for no second look. */
const ADDS = new Set(["read", "noted", "served", "answered"]);

/** @param {any} found */
async function again(found) {
  if (shown?.id === found.id) await showWork(shown.found, undefined, true);
}

/** The same for a case that need not be open. @param {string} id @param {number} seen @param {any} change @param {unknown} [words] */
export async function send(id, seen, change, words) {
  const sealed = words === undefined ? undefined : await sealNote(words);
  return post(`cases/${id}/work`, { seen, change, ...(sealed && { sealed }) });
}

/** Keeps a note with the case: `about` is one of the kinds of notes. @param {string} about @param {unknown} words */
export const note = (about, words) => carryOut({ kind: "noted", about }, words);

/** Notes of a kind, newest first. @param {Shown} of @param {string} about */
export const notesOf = (of, about) => of.events.filter(({ change }) => change?.kind === "noted" && change.about === about).reverse();

/** Whether nothing would be left to do without this task. @param {any} work @param {string} task */
export function isLast(work, task) {
  const others = Object.keys(work.tasks).some((id) => id !== task);
  return !others && !work.waiting_until && !Object.values(work.takedowns).some((takedown) => takedown.due);
}

/** @param {any} work */
export const isOpen = (work) => ["open", "waiting", "reopened"].includes(work.state);
