// Leave at once: empty the boxes, then put another page in the place of this one.

/** Everything to be forgotten on leaving; other modules add to it. @type {Array<() => void>} */
const forgetting = [];

/** @param {() => void} forget */
export function onForget(forget) {
  forgetting.push(forget);
}

function forget() {
  for (const form of document.forms) form.reset();
  // After a posted page the default of the box is her text: reset alone would put it back.
  for (const box of document.querySelectorAll("textarea")) box.value = box.defaultValue = "";
  for (const each of forgetting) each();
}

function leave() {
  forget();
  document.documentElement.classList.add("leaving");
  location.replace(document.body.dataset.exit ?? "about:blank");
}

export function watchExit() {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("#quick-exit")) return;
    event.preventDefault();
    leave();
  });
  /** @type {number[]} */
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length >= 3) leave();
  }, { capture: true });
  // A page that waits in memory for "back" must not wait with her words in it.
  addEventListener("pagehide", forget);
  addEventListener("pageshow", (event) => {
    if (event.persisted) forget();
    document.documentElement.classList.remove("leaving");
  });
}
