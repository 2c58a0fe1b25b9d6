// Runs beside the page: fetches the WASM with visible progress, then answers. Keeps nothing between two questions.

import init, * as reader from "asset:browser.js";

const WASM = "asset:browser_bg.wasm";
/** What arrives is squeezed on the way, so its header can't tell how much there is to come. */
const WASM_BYTES = "size:browser_bg.wasm";

/** @param {Response} response */
function withProgress(response) {
  if (!response.body || typeof TransformStream === "undefined") return response;
  let loaded = 0;
  let told = 0;
  const counted = response.body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      const percent = Math.min(99, Math.floor((loaded / Number(WASM_BYTES)) * 100));
      if (percent > told) postMessage({ kind: "progress", percent: told = percent });
      controller.enqueue(chunk);
    },
  }));
  return new Response(counted, { headers: { "content-type": "application/wasm" } });
}

/** @param {string} url */
async function fetched(url) {
  const response = await fetch(url, { credentials: "omit" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

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
  const directory = fetched("/directory.json").then((response) => response.text());
  const hosts = newerHosts();
  await init({ module_or_path: withProgress(await fetched(WASM)) });
  const wrong = reader.use_directory(await directory);
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
