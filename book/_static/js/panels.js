/* The contents at the left, the sections at the right, the search: dialogs where there is no room for them. */

const WIDE = matchMedia("(min-width: 60rem)");

/**
 * Lets a press beside a dialog close it, and Escape, also where the browser itself does not see to it.
 * @param {HTMLDialogElement} dialog
 */
function closes(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
  });
}

/**
 * Shows a sidebar as a dialog: what is in it moves there, and back when the dialog closes.
 * @param {"primary"|"secondary"} name
 * @param {Element|null} button
 */
function sidebar(name, button) {
  /** @type {HTMLElement|null} */
  const place = document.querySelector(`#pst-${name}-sidebar`);
  /** @type {HTMLDialogElement|null} */
  const dialog = document.querySelector(`#pst-${name}-sidebar-modal`);
  if (!place || !dialog || !button) return;
  closes(dialog);
  dialog.className = place.className;
  dialog.addEventListener("close", () => place.append(...dialog.childNodes));
  dialog.addEventListener("click", ({ target }) => target instanceof Element && target.closest("a") && dialog.close());
  button.addEventListener("click", () => {
    if (name === "primary" && WIDE.matches) return hide(place, button);
    dialog.append(...place.childNodes);
    dialog.showModal();
  });
}

/**
 * Hides a sidebar where there is room for it, or shows it again.
 * @param {HTMLElement} place
 * @param {Element} button
 */
function hide(place, button) {
  place.hidden = !place.hidden;
  button.setAttribute("aria-expanded", String(!place.hidden));
}

function search() {
  /** @type {HTMLDialogElement|null} */
  const dialog = document.querySelector("#pst-search-dialog");
  if (!dialog) return;
  closes(dialog);
  for (const button of document.querySelectorAll(".search-button__button")) {
    button.addEventListener("click", () => dialog.showModal());
  }
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else dialog.showModal();
  });
}

sidebar("primary", document.querySelector(".primary-toggle"));
sidebar("secondary", document.querySelector(".secondary-toggle"));
search();
