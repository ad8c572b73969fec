// What tests ask of the page that is visited.
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });

window.visit = {
  headings() {
    return [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")].map(({ tagName }) => Number(tagName[1]));
  },

  identifiers() {
    return [...document.querySelectorAll("[id]")].map(({ id }) => id);
  },

  // Pictures without a size, or below the fold and loaded nevertheless.
  hastyPictures() {
    return [...document.images]
      .filter((image) => {
        const sized = image.getAttribute("width") && image.getAttribute("height");
        const below = image.getBoundingClientRect().top > innerHeight;
        return !sized || (below && image.loading !== "lazy");
      })
      .map((image) => image.src);
  },

  // Numbers of equations that lie over a piece of one.
  coveringNumbers() {
    return [...document.querySelectorAll("div.math .eqno")]
      .filter((number) => {
        const { left, top } = number.getBoundingClientRect();
        const pieces = number.parentElement.querySelectorAll(".katex-html .base");
        return [...pieces].some((piece) => {
          const { right, bottom } = piece.getBoundingClientRect();
          return right > left && bottom > top;
        });
      })
      .map((number) => number.textContent);
  },

  openDetails() {
    for (const each of document.querySelectorAll("details")) each.open = true;
  },

  // What is wider than its place and cannot be scrolled by keyboard.
  unreachableScrolls() {
    return [...document.querySelectorAll("pre, .pst-scrollable-table-container")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.checkVisibility())
      .filter((each) => each.tabIndex !== 0)
      .map((each) => each.outerHTML.slice(0, 90));
  },

  scrollsSideways() {
    return document.documentElement.scrollWidth > innerWidth;
  },

  // How many places Tab should reach.
  stops() {
    document.activeElement.blur();
    return [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true }) &&
        !each.disabled &&
        !(each.type === "radio" && !each.checked),
    ).length;
  },

  // Where the focus is now, if it has not been there: whether a ring shows it, and what it is.
  stop() {
    const at = document.activeElement;
    if (at === document.body || at.dataset.reached) return null;
    at.dataset.reached = "yes";
    const ring = (element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 1;
    };
    const holders = [at, at.closest("form") ?? at, at.nextElementSibling ?? at];
    return { ringed: holders.some(ring), html: at.outerHTML.slice(0, 90) };
  },

  // What axe finds, measured from the page's top, where bars that stick to the screen lie over nothing.
  // Formulas are read as MathML; what is drawn of them is hidden from assistive technology.
  async findings(options, contrastOf = "*") {
    scrollTo(0, 0);
    for (const block of document.querySelectorAll(".highlight pre")) markAlike(block);
    axe.configure({ rules: [{ id: "color-contrast", selector: `:is(${contrastOf}):not([data-alike])` }] });
    const { violations } = await axe.run({ exclude: [".katex-html"] }, { resultTypes: ["violations"], ...options });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 120)}`),
    );
  },
};

// Words of one block of code that look the same have the same contrast: of thousands, axe measures some hundred.
function markAlike(block) {
  const { left, right } = block.getBoundingClientRect();
  const words = Object.groupBy(block.querySelectorAll(":scope > span"), look);
  for (const alike of Object.values(words)) {
    const measured =
      alike.find((word) => {
        const box = word.getBoundingClientRect();
        return box.width > 0 && box.left >= left && box.right <= right;
      }) ?? alike[0];
    for (const word of alike) word.toggleAttribute("data-alike", word !== measured);
  }
}

function look(word) {
  const { color, backgroundColor, fontSize, fontWeight, opacity } = getComputedStyle(word);
  return [word.className, color, backgroundColor, fontSize, fontWeight, opacity].join();
}
