// The API's page: sends what stands in the box and shows what comes back.

export function watchTry() {
  const form = document.getElementById("try-form");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const status = document.getElementById("try-status");
    const answer = document.getElementById("try-answer");
    const body = /** @type {HTMLTextAreaElement} */ (document.getElementById("try-body")).value;
    const began = performance.now();
    try {
      const response = await fetch("/api/v1/check", {
        method: "POST",
        credentials: "omit",
        headers: { "content-type": "application/json", "accept-language": document.documentElement.lang },
        body,
      });
      const json = await response.json();
      status.textContent = `${response.status} · ${Math.round(performance.now() - began)} ms`;
      answer.textContent = JSON.stringify(json, null, 2);
      answer.hidden = false;
    } catch (error) {
      status.textContent = String(error);
    }
  });
}
