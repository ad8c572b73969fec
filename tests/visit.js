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
    markAlike();
    axe.configure({ rules: [{ id: "color-contrast", selector: `:is(${contrastOf}):not([data-alike])` }] });
    const { violations } = await axe.run({ exclude: [".katex-html"] }, { resultTypes: ["violations"], ...options });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 120)}`),
    );
  },
};

// Texts that look the same on the same ground have the same contrast: of thousands, axe measures a hundred.
// Measured is one that is seen, where there is one.
function markAlike() {
  const grounds = new Map();
  // What lies behind a text: the colors and pictures that it and its ancestors paint.
  function ground(element) {
    if (!element) return "";
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, filter, position } = getComputedStyle(element);
      const painted = [backgroundColor, backgroundImage, opacity, filter, position].join();
      const plain = painted === "rgba(0, 0, 0, 0),none,1,none,static";
      grounds.set(element, ground(element.parentElement) + (plain ? "" : `|${painted}`));
    }
    return grounds.get(element);
  }
  const texts = [...document.body.querySelectorAll(":not(.katex-html *)")].filter(holdsText);
  const groups = Object.groupBy(texts, (text) => look(text) + ground(text));
  for (const alike of Object.values(groups)) {
    const measured = alike.find(isSeen) ?? alike[0];
    for (const text of alike) text.toggleAttribute("data-alike", text !== measured);
  }
}

function holdsText(element) {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
}

function look(text) {
  const { color, fontSize, fontWeight, textShadow } = getComputedStyle(text);
  return [text.className, color, fontSize, fontWeight, textShadow].join();
}

function isSeen(text) {
  const { left, right, width } = text.getBoundingClientRect();
  const place = (text.closest("pre, .pst-scrollable-table-container") ?? document.body).getBoundingClientRect();
  return width > 0 && left >= place.left && right <= place.right && text.checkVisibility();
}
