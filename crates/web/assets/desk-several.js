// The same step for every case that is picked: one request each, and what came of each.

import { get } from "asset:desk-api.js";
import { at, make } from "asset:desk-dom.js";
import { pickNone, pickedRows, refresh } from "asset:desk-inbox.js";
import { desk } from "asset:desk-keys.js";
import { freshNames, nameOf, offerColleagues, offerTeams } from "asset:desk-names.js";
import { ask, newId, wordsOf } from "asset:desk-steps.js";
import { handTo } from "asset:desk-stands.js";
import { taskOf } from "asset:desk-tasks.js";
import { send } from "asset:desk-work.js";
import { factsLine, say, word } from "asset:desk-words.js";

export function startSeveral() {
  at("several-none").addEventListener("click", () => {
    pickNone();
    at("inbox-heading").focus();
  });
  at("several-dialog").addEventListener("close", () => at("several-outcomes").replaceChildren());
  at("several-mine").addEventListener("click", severalToMe);
  at("several-assign").addEventListener("click", async () => {
    const rows = pickedRows();
    await freshNames();
    offerColleagues("assign-owner");
    offerTeams("assign-owner");
    ask("assign", async () => {
      const [owner, words] = [at("assign-owner").value, wordsOf("assign")];
      later(() => forAll(rows, (work) => handTo(work, owner), words));
    }, say("several", rows.length));
  });
  at("several-task").addEventListener("click", async () => {
    const rows = pickedRows();
    await freshNames();
    offerColleagues("task-owner", { first: say("owner-does") });
    ask("task", async () => {
      const [set, words] = [taskOf(), wordsOf("task")];
      later(() => forAll(rows, () => ({ kind: "task_set", set: { ...set, task: newId() } }), words));
    }, say("several", rows.length));
  });
}

/** Once the dialog that asked is closed, so that the focus comes to the one that tells. @param {() => void} work */
const later = (work) => setTimeout(work);

/** How many are picked. */
export function showPicked() {
  const count = pickedRows().length;
  at("several").hidden = count === 0;
  at("several-count").textContent = count ? say("picked", count) : "";
}

/** Whoever has the focus, or was picked, comes into her own hands. */
export const severalToMe = () => forAll(pickedRows(), (work) => handTo(work, desk.member.id));

/** One case that is not open. @param {any} row */
export const toMe = (row) => forAll([row], (work) => handTo(work, desk.member.id));

/**
 * One after the other, so that whatever goes wrong is said of the case that it was.
 * @param {any[]} rows @param {(work: any) => any} change @param {unknown} [words]
 */
async function forAll(rows, change, words) {
  if (!rows.length) return;
  at("several-outcomes").replaceChildren();
  at("several-close").disabled = true;
  at("several-dialog").showModal();
  let [done, went] = [0, 0];
  const tell = () => {
    at("several-progress").textContent = say("several-progress", done, rows.length);
    at("several-bar").max = rows.length;
    at("several-bar").value = done;
  };
  tell();
  for (const row of rows) {
    const why = await one(row, change, words);
    if (!desk.member) return;
    done += 1;
    if (!why) went += 1;
    tell();
    const item = make("li", `${nameOfRow(row)}: ${why ?? say("several-ok")}`);
    item.dataset.went = String(!why);
    at("several-outcomes").append(item);
  }
  at("several-progress").textContent = say("several-done", went, rows.length);
  at("several-close").disabled = false;
  at("several-close").focus();
  pickNone();
  await refresh();
}

/** Nothing where it went well; otherwise why not. */
async function one(row, change, words) {
  try {
    const { work } = await get(`cases/${row.id}/work`);
    // What she saw in the list when she picked it must still hold.
    if (work.state !== row.status || work.owner !== row.owner) return say("several-changed", work.owner ? nameOf(work.owner) : say("nobody"));
    await send(row.id, work.version, change(work), words);
    return undefined;
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}

const nameOfRow = (row) => `${row.facts.harm ? word("harm", row.facts.harm) : say("no-harm")} (${factsLine(row.facts)})`;
