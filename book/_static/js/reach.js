/* What is wider than the page scrolls by keyboard: it takes the focus. Measured when it comes near. */

const SCROLLING = "pre, div.math, .pst-scrollable-table-container, .cell_output > .output";

function reach(element) {
  if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
  else element.removeAttribute("tabindex");
}

const width = new ResizeObserver((changed) => changed.forEach(({ target }) => reach(target)));
const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    width.observe(target);
  }
}, { rootMargin: "100%" });

for (const element of document.querySelectorAll(SCROLLING)) near.observe(element);
