// What is to be done, and the four times to ask how she is.

import { at, busy, make } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { freshNames, nameOf, offerColleagues } from "asset:desk-names.js";
import { ask, chosen, nextOf, setDue, wantNext, wordsOf } from "asset:desk-steps.js";
import { carryOut, isLast, isOpen, whenWork, workNow } from "asset:desk-work.js";
import { day, now, say, span, word } from "asset:desk-words.js";

const FOLLOW_UPS = ["day_1", "week_1", "week_3", "month_3"];

export function startTasks() {
  whenWork(draw, wipe);
  at("task-open").addEventListener("click", () => set());
}

/** Sets a task, or changes one. @param {string} [id] @param {any} [before] */
async function set(id, before) {
  await freshNames();
  offerColleagues("task-owner", { first: say("owner-does") });
  at("task-what").value = before?.what ?? "call";
  if (before) {
    setDue("task", before.due);
    at("task-owner").value = before.owner ?? "";
  }
  ask("task", () => {
    const made = taskOf();
    return carryOut({ kind: "task_set", set: { ...made, task: id ?? made.task } }, wordsOf("task"));
  });
}

/** The task that the dialog describes. */
export const taskOf = () => ({ ...nextOf("task"), owner: at("task-owner").value || null });

/** Opens the dialog for a new task, if there can be one. */
export function newTask() {
  if (!at("task-open").hidden) set();
}

/** Opens the follow-up that is next. */
export function nextFollowUp() {
  const work = workNow()?.work;
  const pending = work && isOpen(work) && desk.may.has("follow_up") && FOLLOW_UPS.find((_, index) => work.tasks[taskOfFollowUp(index)]);
  if (pending) follow(pending);
}

/** As `casework::work::follow_up_task`. @param {number} index */
const taskOfFollowUp = (index) => (index + 1).toString(16).padStart(32, "0");

/** Whether a next step is wanted. A colleague may have finished the others meanwhile: then it is asked for first. */
function needsNext(step, id) {
  const wanted = isLast(workNow().work, id);
  if (wanted && at(`${step}-next`).hidden) {
    wantNext(step, true);
    throw new Error(say("needs-next"));
  }
  return wanted;
}

/** @param {string} id @param {any} task */
function finish(id, task) {
  wantNext("done", isLast(workNow().work, id));
  ask("done", async () => {
    const next = needsNext("done", id);
    return carryOut({ kind: "task_done", task: id, next: next ? nextOf("done") : null }, wordsOf("done"));
  }, word("task", task.what));
}

/** @param {string} which */
function follow(which) {
  const id = taskOfFollowUp(FOLLOW_UPS.indexOf(which));
  wantNext("follow", isLast(workNow().work, id));
  ask("follow", async () => {
    const next = needsNext("follow", id);
    const reached = chosen("follow", "follow-reached") === "yes";
    return carryOut({ kind: "followed_up", which, reached, next: next ? nextOf("follow") : null }, wordsOf("follow"));
  }, word("follow_up", which));
}

/** @param {any} of */
function draw({ work, events }) {
  at("task-open").hidden = !isOpen(work) || !desk.may.has("task");
  const said = new Map(events.filter(({ change }) => change?.kind === "task_set").map(({ change, words }) => [change.set.task, words?.text]));
  const tasks = Object.entries(work.tasks).filter(([, task]) => !task.follow_up).sort(([, one], [, other]) => one.due - other.due);
  at("task-list").replaceChildren(...(tasks.length ? tasks.map(([id, task]) => taskLine(id, task, said.get(id))) : [make("li", say("no-tasks"), "fine")]));
  at("follow-list").replaceChildren(...FOLLOW_UPS.map((which, index) => followLine(work, which, index)));
  const told = [work.wellbeing && word("wellbeing", work.wellbeing), work.helped && word("helped", work.helped)].filter(Boolean);
  at("follow-said").hidden = !told.length;
  at("follow-said").textContent = told.length ? say("person-said", told.join(" · ")) : "";
}

/** When it is due, in words and by colour. @param {number} due */
function dueLine(due) {
  const late = due < now();
  const line = make("span", late ? say("step-late", span(now() - due)) : say("due-on", day(due)), "due");
  line.dataset.clock = late ? "overdue" : "running";
  return line;
}

/** A small button of a line. @param {string} name @param {string} key finds it again @param {string} label */
export function lineButton(name, key, label, press, errors = "tasks-error") {
  const one = Object.assign(make("button", name, "bar-button"), { type: "button", ariaLabel: label });
  one.dataset.key = key;
  one.addEventListener("click", () => busy(one, errors, async () => press()));
  return one;
}

/**
 * A line of what is to be done: its name, what is known of it, when it is due, the sealed words, the ways on from here.
 * @param {string} name @param {{about?: string, due?: number, said?: string, ways?: Element[]}} more
 */
export function taskItem(name, { about, due, said, ways = [] }) {
  const item = make("li", undefined, "task");
  const main = make("div");
  main.append(make("span", name, "task-what"));
  if (due) main.append(" · ", dueLine(due));
  if (about) main.append(` · ${about}`);
  if (said) main.append(make("p", said, "said fine"));
  item.append(main);
  if (!ways.length) return item;
  const part = make("div", undefined, "line-ways");
  part.append(...ways);
  item.append(part);
  return item;
}

/** @param {string} id @param {any} task @param {string} [said] */
function taskLine(id, task, said) {
  const name = word("task", task.what);
  const ways = desk.may.has("task") ? [
    lineButton(say("task-done"), `done-${id}`, `${say("task-done")}: ${name}`, () => finish(id, task)),
    lineButton(say("task-change"), `change-${id}`, `${say("task-change")}: ${name}`, () => set(id, task)),
  ] : [];
  return taskItem(name, { about: task.owner && nameOf(task.owner), due: task.due, said, ways });
}

function followLine(work, which, index) {
  const [name, task, tried] = [word("follow_up", which), work.tasks[taskOfFollowUp(index)], work.followed_up[index]];
  const unplanned = !task && !isOpen(work) ? say("not-planned") : undefined;
  const about = tried === undefined ? unplanned : say(tried ? "reached" : "not-reached");
  const ways = isOpen(work) && (task || tried === false) && desk.may.has("follow_up")
    ? [lineButton(say("follow-note"), `follow-${which}`, `${say("follow-note")}: ${name}`, () => follow(which))]
    : [];
  return taskItem(name, { about, due: task?.due, ways });
}

function wipe() {
  for (const id of ["task-list", "follow-list"]) at(id).replaceChildren();
  at("follow-said").textContent = "";
}
