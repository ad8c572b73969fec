/* What the reader predicts before looking is kept in this browser, under a name of the question's own. */

/** @type {NodeListOf<HTMLFieldSetElement>} */
const boxes = document.querySelectorAll("fieldset[data-predict]");

/** @param {HTMLFieldSetElement} box */
function remember(box) {
  const key = `predict-${box.dataset.predict}`;
  const kept = localStorage.getItem(key);
  /** @type {NodeListOf<HTMLInputElement|HTMLTextAreaElement>} */
  const fields = box.querySelectorAll("input, textarea");
  for (const field of fields) {
    if (field instanceof HTMLTextAreaElement) field.value = kept ?? "";
    else field.checked = field.value === kept;
    field.addEventListener("input", () => localStorage.setItem(key, field.value));
  }
}

for (const box of boxes) remember(box);
