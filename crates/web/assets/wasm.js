// Fetches WASM with visible progress, for the workers.

/** @param {string} url */
export async function fetched(url) {
  const response = await fetch(url, { credentials: "omit" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/**
 * What arrives is squeezed on the way, so its header can't tell how much there is to come: `bytes` does.
 * @param {string} url
 * @param {number} bytes
 */
export async function fetchedWithProgress(url, bytes) {
  const response = await fetched(url);
  if (!response.body || typeof TransformStream === "undefined") return response;
  let loaded = 0;
  let told = 0;
  const counted = response.body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      const percent = Math.min(99, Math.floor((loaded / bytes) * 100));
      if (percent > told) postMessage({ kind: "progress", percent: told = percent });
      controller.enqueue(chunk);
    },
  }));
  return new Response(counted, { headers: { "content-type": "application/wasm" } });
}
