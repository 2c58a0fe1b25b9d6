// The directory filtered on the device: what somebody looks for is not sent.

export function watchFilter() {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("help-filter"));
  if (!form) return;
  document.getElementById("filter-send").hidden = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => filter(form));
}

/** @param {HTMLFormElement} form */
function filter(form) {
  const { harm, age, province } = Object.fromEntries(new FormData(form));
  /** @param {HTMLElement} row @param {string} list @param {FormDataEntryValue} code */
  const has = (row, list, code) => row.dataset[list].split(" ").includes(String(code));
  let shown = 0;
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#directory > li"))) {
    const about = !harm || has(row, "harms", harm);
    const forAge = age === "unknown" || has(row, "ages", age) || (harm && has(row, "anyAge", harm));
    const here = !province || !row.dataset.provinces || has(row, "provinces", province);
    row.hidden = !(about && forAge && here);
    if (!row.hidden) shown += 1;
  }
  const count = document.getElementById("help-count");
  count.textContent = `${shown} ${count.dataset.one}`;
}
