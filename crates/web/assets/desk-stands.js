// Where a case stands, its clocks, and the ways on from here: taken on, handed over, waiting, closed by one or by two,
// reopened, merged.

import { get } from "asset:desk-api.js";
import { openCase } from "asset:desk-case.js";
import { at, busy, make, notice } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { SECOND, TEAM, freshNames, nameOf, nameOfTeam, offerColleagues, offerTeams } from "asset:desk-names.js";
import { ask, chosen, dueOf, newId, nextOf, wordsOf } from "asset:desk-steps.js";
import { carryOut, isLast, isOpen, whenWork, workNow } from "asset:desk-work.js";
import { day, factsLine, moment, now, say, span, word } from "asset:desk-words.js";

/** Which ways there are from each state. @type {Record<string, string[]>} */
const WAYS = {
  new: ["accept", "assign", "decline", "merge"],
  open: ["assign", "wait", "close", "merge"],
  reopened: ["assign", "wait", "close", "merge"],
  waiting: ["resume", "assign", "close", "merge"],
  closed: ["reopen"],
  transferred: ["reopen"],
  merged: ["reopen"],
  erased: [],
};
/** The right that each needs, as the policy names it. To hand over is looked at by whose case it is. @type {Record<string, string>} */
const RIGHT = { accept: "accept", decline: "decline", wait: "task", resume: "task", close: "close", merge: "merge", reopen: "reopen" };
/** A supervisor has a day to look. */
const REVIEW_WITHIN = 24 * 3600;

export function startStands() {
  whenWork(draw, wipe);
  for (const button of at("work-ways").children) {
    button.addEventListener("click", () => busy(button, "work-error", async () => WAY[button.dataset.step]()));
  }
  at("merged-open").addEventListener("click", () => busy(at("merged-open"), "work-error", async () => {
    const into = workNow()?.work.merged_into;
    if (into) await openCase({ id: into });
  }));
  at("review-yes").addEventListener("click", () => busy(at("review-yes"), "review-error", async () => {
    const { reason, outcome } = workNow().work.close_asked;
    await carryOut({ kind: "closed", reason, outcome });
    notice(say("done-closed"));
  }));
  document.querySelector("#work-review [data-step]").addEventListener("click", () => ask("unclose", refuseClosing));
  at("duty-open").addEventListener("click", () => {
    at("duty-which").value = workNow()?.duties[0]?.duty ?? "";
    ask("duty", () => carryOut({ kind: "notified", duty: at("duty-which").value }, wordsOf("duty")));
  });
  setInterval(() => { const of = workNow(); if (of) drawClocks(of); }, 30_000);
}

/** The way of a button or a key. @param {string} step */
export async function go(step) {
  const button = at("work-ways").querySelector(`[data-step="${step}"]`);
  if (button && !button.hidden) button.click();
}

/** The opened case comes into her own hands. */
export async function takeOver() {
  const work = workNow()?.work;
  if (work && work.owner !== me() && (work.state === "new" || isOpen(work))) await busy(at("work-ways").querySelector("[data-step=assign]"), "work-error", () => carryOut(handTo(work, me())));
}

/** Takes it on, or has it handed over, to a colleague or a team. @param {any} work @param {string} to */
export function handTo(work, to) {
  if (to.startsWith(TEAM)) return { kind: "teamed", team: to.slice(TEAM.length) || null };
  return work.state === "new" ? { kind: "accepted", owner: to } : { kind: "assigned", owner: to };
}

const me = () => desk.member.id;

/** @type {Record<string, () => void | Promise<void>>} */
const WAY = {
  accept: () => carryOut({ kind: "accepted", owner: me() }),
  resume: () => carryOut({ kind: "resumed" }),
  assign: async () => {
    await freshNames();
    offerColleagues("assign-owner", { but: workNow().work.owner });
    offerTeams("assign-owner", workNow().work.team);
    ask("assign", () => carryOut(handTo(workNow().work, at("assign-owner").value), wordsOf("assign")));
  },
  wait: () => ask("wait", () => carryOut({ kind: "waiting", until: dueOf("wait") }, wordsOf("wait"))),
  decline: () => ask("decline", () => carryOut({ kind: "declined", reason: at("decline-reason").value }, wordsOf("decline"))),
  reopen: () => ask("reopen", () => carryOut({ kind: "reopened", owner: me(), next: nextOf("reopen") }, wordsOf("reopen"))),
  close: startClosing,
  merge: startMerging,
};

async function startClosing() {
  await freshNames();
  const of = workNow();
  if (!of) return;
  const second = needsSecond(of);
  at("close-second").hidden = !second;
  at("close-form").querySelector(".primary").textContent = say(second ? "ask-close" : "close-it");
  if (second) offerColleagues("close-eyes", { first: say("whoever"), roles: SECOND, but: me() });
  ask("close", async () => {
    const said = { reason: at("close-reason").value, outcome: at("close-outcome").value };
    if (!needsSecond(workNow())) {
      await carryOut({ kind: "closed", ...said }, wordsOf("close"));
      return notice(say("done-closed"));
    }
    const eyes = at("close-eyes").value;
    await carryOut({ kind: "close_asked", ...said }, wordsOf("close"));
    // So that it lies among what the supervisor has in hand.
    if (eyes) await carryOut({ kind: "task_set", set: { task: newId(), what: "review", due: Math.floor(now()) + REVIEW_WITHIN, owner: eyes } });
    return notice(say("done-asked"));
  });
}

/** As `casework::work::Work::needs_second`. @param {any} of */
const needsSecond = ({ work, found }) => work.risk === "high" || (work.urgency ?? found.urgency) === "now";

async function refuseClosing() {
  await carryOut({ kind: "close_refused" }, wordsOf("unclose"));
  const { work } = workNow();
  const [task] = Object.entries(work.tasks).find(([, one]) => one.what === "review") ?? [];
  if (task && !isLast(work, task)) await carryOut({ kind: "task_done", task, next: null });
}

/** Cases of ours that are worked on, the first page of them, by what stands in the clear. */
async function startMerging() {
  const { id } = workNow();
  const { rows } = await get("inbox?view=all");
  const others = rows.filter((row) => row.id !== id && !["closed", "transferred", "merged", "erased"].includes(row.status));
  at("merge-none").hidden = others.length > 0;
  at("merge-form").querySelector(".primary").disabled = others.length === 0;
  at("merge-list").replaceChildren(...others.map((row) => {
    const label = make("label", undefined, "choice");
    const harm = row.facts.harm ? word("harm", row.facts.harm) : say("no-harm");
    const input = Object.assign(make("input"), { type: "radio", name: "merge-into", value: row.id, required: true });
    label.append(input, make("span", `${harm} · ${factsLine(row.facts)} · ${moment(row.granted_at)} · ${nameOf(row.owner) || say("nobody")}`));
    return label;
  }));
  ask("merge", () => carryOut({ kind: "merged", into: chosen("merge", "merge-into") }, wordsOf("merge")));
}

/** @param {any} of */
function draw(of) {
  const { work } = of;
  const owner = isOpen(work) ? say("owned", nameOf(work.owner)) : work.state === "new" ? say("nobody") : "";
  const said = [owner, work.state === "new" || isOpen(work) ? nameOfTeam(work.team) : ""].filter(Boolean);
  at("work-state").replaceChildren(make("strong", word("case_state", work.state)), ...said.map((text) => ` · ${text}`));
  at("work-state").dataset.state = work.state;
  at("work-next").textContent = ends(work);
  at("work-merged").hidden = !work.merged_into;
  for (const button of at("work-ways").children) button.hidden = !WAYS[work.state].includes(button.dataset.step) || !may(button.dataset.step, of);
  at("duty-open").hidden = !of.may.includes("notify_authority");
  drawReview(of);
  drawClocks(of);
}

/** Whether her role lets her. Her own case she hands over; anybody else's is given by whoever gives cases out. */
const may = (step, { work, may }) =>
  (step === "assign" ? may.includes("assign") || work.owner === me() && may.includes("hand_over") : may.includes(RIGHT[step]));

/** Until when it waits, or how it ended. */
function ends(work) {
  if (work.waiting_until) return say("waits-until", day(work.waiting_until));
  if (work.closed) return say("closed-as", `${word("closing", work.closed[0])} · ${word("outcome", work.closed[1])}`, day(work.closed[2]));
  if (work.declined && work.state === "closed") return say("declined-as", word("decline_reason", work.declined));
  if (work.merged_into) return say("merged-as");
  return "";
}

function drawReview({ work, events, may }) {
  const asked = work.close_asked;
  at("work-review").hidden = !asked;
  if (!asked) return;
  at("review-said").textContent = say("asked-close", nameOf(asked.by), `${word("closing", asked.reason)} · ${word("outcome", asked.outcome)}`);
  at("review-words").textContent = events.findLast(({ change }) => change?.kind === "close_asked")?.words?.text ?? "";
  at("work-review").querySelector(".actions").hidden = !may.includes("close_high_risk") || asked.by === me();
}

/** By when she is answered, and what the law makes us do by when (`casework::duties`). */
function drawClocks({ work, found, duties }) {
  const lines = [];
  const line = (text, state) => {
    const item = make("li", text);
    item.dataset.clock = state;
    lines.push(item);
  };
  if (found.answer_due && ["new", "open", "waiting", "reopened"].includes(work.state)) {
    const left = found.answer_due - now();
    line(left < 0 ? say("answer-late", span(left)) : say("answer-left", span(left)), left < 0 ? "overdue" : left < 3600 ? "soon" : "running");
  }
  for (const { duty, due } of duties) {
    const left = due - now();
    line(say(`${duty}-${left < 0 ? "late" : "left"}`, span(left)), left < 0 ? "overdue" : left < 3600 ? "soon" : "running");
  }
  if (work.notified) line(say("told-authority", word("legal_duty", work.notified[0]), moment(work.notified[1])), "answered");
  if (!lines.length) line(work.answered_at ? say("answered") : say("no-clock"), "answered");
  at("clock-list").replaceChildren(...lines);
}

function wipe() {
  for (const id of ["work-state", "work-next", "review-said", "review-words"]) at(id).textContent = "";
  for (const id of ["clock-list", "merge-list"]) at(id).replaceChildren();
  at("work-review").hidden = true;
  for (const button of at("work-ways").children) button.hidden = true;
}
