// The desk: one document. Views are swapped in place; neither address nor title nor history tells what is open.

import { get, post, whenSignedOut } from "asset:desk-api.js";
import { showAccount, startAccount } from "asset:desk-account.js";
import { closeCase, hasUnsent, startCase } from "asset:desk-case.js";
import { startDoor } from "asset:desk-door.js";
import { at, notice, startNotices } from "asset:desk-dom.js";
import { enterRow, forgetEnter, hasUnsentEntry, showEnter, startEnter } from "asset:desk-enter.js";
import { startExchange } from "asset:desk-exchange.js";
import { startHistory } from "asset:desk-history.js";
import { beginInbox, forgetInbox, refresh, startInbox } from "asset:desk-inbox.js";
import { desk, openDoor, wipe } from "asset:desk-keys.js";
import { startPeople } from "asset:desk-people.js";
import { startRecord } from "asset:desk-record.js";
import { forgetRooms, loadRoom, openRooms, roomNames, startRooms } from "asset:desk-rooms.js";
import { showPicked, startSeveral } from "asset:desk-several.js";
import { startShortcuts } from "asset:desk-shortcuts.js";
import { startStands } from "asset:desk-stands.js";
import { startSteps } from "asset:desk-steps.js";
import { startTasks } from "asset:desk-tasks.js";
import { learnWords, say } from "asset:desk-words.js";

/** @type {EventSource | undefined} */
let news;
let waitingForDoor = 0;
/** What the bar says while nobody is signed in. */
const nobody = at("org-name").textContent;

learnWords();
document.documentElement.classList.add("js");
startNotices();
startDoor(show, begin);
startInbox(showPicked);
startExchange(enterRow);
startCase(show);
for (const start of [startSteps, startStands, startTasks, startRecord, startHistory, startSeveral, startEnter]) start();
startShortcuts(() => { if (mayGo()) lock(say("locked")); });
startRooms();
const loadPeople = startPeople(show, () => lock(say("locked")));
whenSignedOut(() => { if (desk.member) lock(say("signed-out"), true); });
if (document.body.dataset.view === "none") document.body.dataset.view = at("view-join").hidden ? "sign-in" : "join";
history.replaceState({ view: document.body.dataset.view }, "");
startAccount(show, begin);

/** @param {string} view @param {boolean} [remember] whether "back" leads here again */
function show(view, remember = true) {
  const [section, pane] = view === "case" ? ["inbox", "case"] : [view, "list"];
  for (const each of document.querySelectorAll(".view")) /** @type {any} */ (each).hidden = each.id !== `view-${section}`;
  document.body.dataset.view = section;
  document.body.dataset.pane = pane;
  for (const button of document.querySelectorAll("#desk-nav [data-go]")) {
    if (/** @type {any} */ (button).dataset.go === section) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  if (remember && history.state?.view !== view) history.pushState({ view }, "", document.body.dataset.desk);
  if (section === "keys") showAccount();
  if (section === "enter") showEnter().catch(() => notice(say("network"), "stern"));
  if (section === "colleagues" || section === "keys") loadPeople(section);
  else loadRoom(section);
  // What was just done to a case stands in the queue at once; news of others come when they are told.
  if (view === "inbox" && news) refresh();
  if (view !== "case") at(`${section}-heading`)?.focus();
}

/** Somebody is in: her keys are in the worker. */
async function begin() {
  at("org-name").textContent = desk.organisation.name[document.documentElement.lang] || desk.organisation.name.vi;
  for (const id of ["desk-nav", "live", "lock", "shortcuts-open"]) at(id).hidden = false;
  at("switch-language").hidden = true;
  const first = openRooms();
  history.replaceState({ view: first }, "", document.body.dataset.desk);
  show(first, false);
  if (first !== "inbox") {
    at("live").hidden = true;
    return undefined;
  }
  at("inbox-closed").hidden = Boolean(desk.ours);
  if (!desk.ours) return waitAtDoor();
  listen();
  await beginInbox();
  return undefined;
}

/** Until a colleague opens the door. */
function waitAtDoor() {
  clearInterval(waitingForDoor);
  waitingForDoor = setInterval(async () => {
    const { member } = await get("me").catch(() => ({ member: null }));
    if (!member || !desk.mine || !(await openDoor(member.organisation_key))) return;
    clearInterval(waitingForDoor);
    begin();
  }, 5000);
}

/** "Something is new", the moment it is. */
function listen() {
  news?.close();
  const live = at("live");
  /** @param {"on" | "off"} state */
  const tell = (state) => {
    live.dataset.state = state;
    live.textContent = live.dataset[state];
  };
  const source = news = new EventSource("/api/v1/desk/live");
  let slow = 0;
  source.addEventListener("open", () => {
    clearTimeout(slow);
    tell("on");
    refresh();
  });
  source.addEventListener("news", () => refresh());
  source.addEventListener("message", () => refresh());
  source.addEventListener("error", () => {
    // Connections end from time to time and come back at once: only a longer gap is worth a word.
    clearTimeout(slow);
    slow = setTimeout(() => tell("off"), 6000);
    // It may have ended because the session did: then nothing stays on the page, at once.
    get("inbox?view=mine").catch(() => {});
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => {
      if (source !== news || !desk.member) return;
      get("me").then(listen, () => { if (desk.member) listen(); });
    }, 5000);
  });
}

/** Keys out of this browser, words off the page, and the session ended. @param {string} why @param {boolean} [isOver] */
function lock(why, isOver = false) {
  news?.close();
  clearInterval(waitingForDoor);
  if (!isOver) post("sign-out").catch(() => {});
  wipe();
  forgetInbox();
  forgetRooms();
  closeCase();
  forgetEnter();
  for (const form of document.forms) form.reset();
  for (const id of ["desk-nav", "live", "lock", "shortcuts-open"]) at(id).hidden = true;
  for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {any} */ (dialog).close();
  at("switch-language").hidden = false;
  at("org-name").textContent = nobody;
  at("colleague-list").replaceChildren();
  at("share-list").replaceChildren();
  at("token-list").replaceChildren();
  at("token-secret").textContent = "";
  show("sign-in", false);
  notice(why, isOver ? "stern" : "calm");
}

at("lock").addEventListener("click", () => { if (mayGo()) lock(say("locked")); });
at("shortcuts-open").addEventListener("click", () => at("shortcuts").showModal());
at("desk-nav").addEventListener("click", (event) => {
  const view = event.target.closest("[data-go]")?.dataset.go;
  if (desk.member && view && mayGo()) show(view);
});

/** Unsent words are not dropped unasked. */
const mayGo = () => !(hasUnsent() || hasUnsentEntry()) || confirm(say("unsent"));

addEventListener("popstate", ({ state }) => {
  if (!desk.member) return;
  const view = state?.view ?? "inbox";
  show(["inbox", "case", "enter", "colleagues", "keys", ...roomNames].includes(view) ? view : "inbox", false);
});
// A page that waits in memory for "back" must not wait with keys in it.
addEventListener("pagehide", () => { if (desk.member) lock(""); });
addEventListener("beforeunload", (event) => { if (hasUnsent() || hasUnsentEntry()) event.preventDefault(); });
