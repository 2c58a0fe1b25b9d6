// Use without network, by her choice only; and everything taken back.

import { trusted } from "asset:trust.js";

/** @type {(Event & {prompt(): Promise<unknown>}) | undefined} */
let installOffer;

/** @param {string} id */
const text = (id, value) => { const at = document.getElementById(id); if (at) at.textContent = value; };

export function watchKeep() {
  addEventListener("beforeinstallprompt", (event) => {
    // No banner uncalled for: somebody may be looking over her shoulder.
    event.preventDefault();
    installOffer = /** @type {any} */ (event);
    offerInstall();
  });
  document.addEventListener("click", async (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = /** @type {HTMLElement | undefined} */ (target?.closest("button") ?? undefined);
    if (button?.id === "keep-here") await keep(button);
    else if (button?.id === "install") await installOffer?.prompt();
    else if (button?.matches("[data-remove-kept]")) await remove(button);
  });
  offerInstall();
  showFacts();
}

function offerInstall() {
  const button = document.getElementById("install");
  if (button) button.hidden = !installOffer;
}

/** @param {HTMLElement} button */
async function keep(button) {
  const status = document.getElementById("keep-status");
  status.textContent = status.dataset.working;
  try {
    await handToWorker({ kind: "keep", base: button.dataset.place });
    status.textContent = status.dataset.done;
    status.dataset.state = "kept";
  } catch {
    await takeBack();
    status.textContent = status.dataset.failed;
    status.dataset.state = "failed";
  }
}

/** Has the service worker keep something; it is there from now on. @param {{kind: string, [name: string]: unknown}} what */
export async function handToWorker(what) {
  await navigator.serviceWorker.register(trusted.createScriptURL("/sw.js"));
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const kept = new Promise((done, fail) => {
    port1.onmessage = ({ data }) => (data === "kept" ? done(data) : fail(new Error("not kept")));
  });
  active.postMessage(what, [port2]);
  await kept;
}

async function takeBack() {
  const kept = await navigator.serviceWorker?.getRegistrations() ?? [];
  await Promise.all(kept.map((registration) => registration.unregister()));
  if (globalThis.caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

/** @param {HTMLElement} button */
async function remove(button) {
  await takeBack();
  try {
    // What the lessons remember.
    localStorage.clear();
  } catch {
    // Switched off: nothing can be there.
  }
  button.textContent = button.dataset.done;
  text("keep-status", "");
  showFacts();
}

/** The page about privacy shows what is really here, not what we say. */
async function showFacts() {
  if (!document.getElementById("here-now")) return;
  text("fact-cookies", String(document.cookie.split(";").filter((cookie) => cookie.trim()).length));
  let stored = 0;
  try {
    stored = localStorage.length + sessionStorage.length;
  } catch {
    // Switched off: nothing can be there.
  }
  text("fact-storage", String(stored));
  const offline = document.getElementById("fact-offline");
  const on = ((await navigator.serviceWorker?.getRegistrations()) ?? []).length > 0;
  offline.textContent = (on ? offline.dataset.on : offline.dataset.off) ?? "";
}
