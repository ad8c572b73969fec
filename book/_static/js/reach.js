/* What is wider than the page scrolls by keyboard: it takes the focus. Measured when it is laid out. */

const SCROLLING = "pre, div.math, .pst-scrollable-table-container, .cell_output > .output";

/** @param {HTMLElement} element */
function reach(element) {
  if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
  else element.removeAttribute("tabindex");
}

const elements = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(SCROLLING)]);
const width = new ResizeObserver((changed) => changed.forEach(({ target }) => reach(/** @type {HTMLElement} */ (target))));
for (const element of elements) width.observe(element);

// A browser that draws no frame after a fold has opened tells no observer of it.
document.addEventListener(
  "toggle",
  ({ target }) => elements.filter((element) => /** @type {Node} */ (target).contains(element)).forEach(reach),
  true,
);
