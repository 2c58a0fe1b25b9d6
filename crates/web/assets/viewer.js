// In the frame without rights: shows the bytes it is handed, blurred and muted until asked.

(() => {
  /** @type {HTMLMediaElement | undefined} */
  let media;

  /** @param {{bytes: ArrayBuffer, type: string}} file */
  function show({ bytes, type }) {
    const kind = type.split("/")[0];
    if (kind === "text") {
      const page = document.createElement("pre");
      page.textContent = new TextDecoder().decode(bytes);
      return document.body.replaceChildren(page);
    }
    const tag = kind === "image" ? "img" : kind === "audio" ? "audio" : "video";
    const shown = /** @type {any} */ (document.createElement(tag));
    shown.src = URL.createObjectURL(new Blob([bytes], { type }));
    shown.alt = "";
    if (tag !== "img") {
      media = shown;
      Object.assign(shown, { controls: true, muted: true, autoplay: false, preload: "metadata" });
      shown.setAttribute("muted", "");
      shown.setAttribute("playsinline", "");
      shown.setAttribute("controlslist", "nodownload noremoteplayback");
    }
    shown.addEventListener("error", () => parent.postMessage({ kind: "failed" }, "*"));
    shown.addEventListener(tag === "img" ? "load" : "loadedmetadata", () => parent.postMessage({ kind: "shown" }, "*"));
    document.body.replaceChildren(shown);
    return undefined;
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || origin !== location.origin) return;
    if (data.bytes) show(data);
    if (typeof data.clear === "boolean") document.documentElement.classList.toggle("clear", data.clear);
    if (typeof data.sound === "boolean" && media) media.muted = !data.sound;
  });
  addEventListener("contextmenu", (event) => event.preventDefault());
})();
