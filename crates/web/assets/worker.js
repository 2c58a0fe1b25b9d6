// Runs beside the page: fetches the WASM with visible progress, then answers. Keeps nothing between two questions.

import init, * as reader from "asset:browser.js";
import { fetched, fetchedWithProgress } from "asset:wasm.js";

/** The host list of the server, if it is another than the one inside the WASM. That one is better than no answer. */
async function newerHosts() {
  try {
    const response = await fetched("/hosts.bin");
    return response.status === 200 ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

async function start() {
  // One after the other: nothing of this is needed to use the page, and a slow line carries the page first.
  await init({ module_or_path: fetchedWithProgress("asset:browser_bg.wasm", Number("size:browser_bg.wasm")) });
  const hosts = newerHosts();
  const directory = await fetched("/directory.json");
  const wrong = reader.use_directory(await directory.text());
  if (wrong) throw new Error(wrong);
  reader.prepare();
  const list = await hosts;
  if (list) reader.use_hosts(list);
}

const started = start().then(() => postMessage({ kind: "ready" }), () => postMessage({ kind: "failed" }));

addEventListener("message", async ({ data: { id, call, values } }) => {
  await started;
  try {
    postMessage({ kind: "answer", id, answer: reader[call](...values) });
  } catch {
    postMessage({ kind: "broke" });
  }
});
