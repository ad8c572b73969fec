// What tests ask of the slide that is shown.
window.measure = {
  show(index) {
    const { h, v } = Reveal.getIndices(Reveal.getSlides()[index]);
    Reveal.slide(h, v, 99); // with all its fragments
  },

  title() {
    return Reveal.getCurrentSlide().querySelector("h1, h2, h3")?.textContent ?? "a slide without title";
  },

  // What is asked, of the slide that is shown; at either end of the deck axe sees the whole document.
  async answers(questions, atAnEnd) {
    const answer = {
      title: measure.title,
      misplaced: measure.misplaced,
      overlapping: measure.overlapping,
      small: () => measure.smallerThan(23.9),
      axe: () => (atAnEnd ? findings() : withoutOthers(findings)),
    };
    const answers = {};
    for (const question of questions) answers[question] = await answer[question]();
    return answers;
  },

  // By what is painted behind the slides.
  scheme() {
    const color = getComputedStyle(document.querySelector(".reveal-viewport")).backgroundColor;
    const [red, green, blue] = color.match(/\d+/g).map(Number);
    return red + green + blue < 384 ? "dark" : "light";
  },

  standsStill() {
    const slide = Reveal.getCurrentSlide();
    const images = [...slide.querySelectorAll("img")];
    return slide.getAnimations({ subtree: true }).length === 0 && images.every((image) => image.complete);
  },

  // Elements that leave the slide, the screen or the slide's body, or hold more than fits.
  misplaced() {
    const slide = Reveal.getCurrentSlide();
    const screen = new DOMRect(0, 0, innerWidth, innerHeight);
    const body = slide.querySelector(".body");
    const found = [];
    for (const element of slide.querySelectorAll("*")) {
      if (element.closest("aside, .katex *") || !element.getClientRects().length) continue;
      const box = element.getBoundingClientRect();
      if (!holds(slide.getBoundingClientRect(), box)) found.push(`${named(element)} leaves the slide`);
      if (!holds(screen, box)) found.push(`${named(element)} leaves the screen`);
      if (body.contains(element) && !holds(body.getBoundingClientRect(), box)) {
        found.push(`${named(element)} leaves the body`);
      }
      const block = getComputedStyle(element).display !== "inline";
      if (block && element.scrollWidth > element.clientWidth + 1) found.push(`${named(element)} is too wide`);
    }
    return found;
  },

  // Label, title, footer and what stands in the body, where one lies over another.
  overlapping() {
    const slide = Reveal.getCurrentSlide();
    const heads = [...slide.querySelectorAll(":scope > :is(.label, h1, h2, h3, .footer)")];
    const inner = [...slide.querySelectorAll(".body :is(p, li, pre, img, table, .katex-display)")];
    return heads.flatMap((head) =>
      [...heads, ...inner]
        .filter((other) => other !== head && meet(head.getBoundingClientRect(), other.getBoundingClientRect()))
        .map((other) => `${named(head)} and ${named(other)}`),
    );
  },

  // Texts below a size in pixels; footers and the inside of formulas are not counted.
  smallerThan(pixels) {
    const slide = Reveal.getCurrentSlide();
    const scale = slide.getBoundingClientRect().width / slide.offsetWidth;
    const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.textContent.trim() || element.closest("aside, .footer, .katex")) continue;
      const size = parseFloat(getComputedStyle(element).fontSize) * scale;
      if (size < pixels) found.push(`${named(element)} has ${size.toFixed(1)} pixels`);
    }
    return found;
  },
};

async function findings() {
  const restore = paintBehindTexts();
  const { violations, incomplete } = await axe.run({ exclude: [".katex-html"] }, { resultTypes: ["violations", "incomplete"] });
  restore();
  const unseen = incomplete.filter(({ id }) => id === "color-contrast");
  return [...violations, ...unseen].map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
}

// Reveal paints what lies behind a slide in a layer of its own, ornaments are pseudo-elements, and fragments are
// layers too: axe cannot tell what lies behind a text. Meanwhile the slide itself has the color, and no layers.
function paintBehindTexts() {
  const slide = Reveal.getCurrentSlide();
  const layers = [document.querySelector(".reveal-viewport"), Reveal.getSlideBackground(slide)];
  const colors = layers.map((layer) => getComputedStyle(layer).backgroundColor);
  slide.style.backgroundColor = colors.findLast((color) => color !== "rgba(0, 0, 0, 0)");
  const style = document.head.appendChild(document.createElement("style"));
  style.textContent = `
    .reveal .backgrounds { display: none }
    .reveal section::before, .reveal section::after { content: none !important }
    .reveal .fragment { will-change: auto !important }
    .reveal h1 { z-index: 1 }`;
  return () => {
    style.remove();
    slide.style.removeProperty("background-color");
  };
}

// Other slides are hidden, which axe finds out anew for each of their elements: meanwhile they are empty.
async function withoutOthers(look) {
  const others = Reveal.getSlides().filter((slide) => slide !== Reveal.getCurrentSlide());
  const contents = others.map((slide) => [...slide.childNodes]);
  for (const slide of others) slide.replaceChildren();
  try {
    return await look();
  } finally {
    for (const [index, slide] of others.entries()) slide.append(...contents[index]);
  }
}

function holds(outer, box) {
  return (
    box.left >= outer.left - 1 && box.right <= outer.right + 1 && box.top >= outer.top - 1 && box.bottom <= outer.bottom + 1
  );
}

function meet(a, b) {
  return b.width > 0 && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
}

function named(element) {
  return `${element.tagName} “${(element.alt ?? element.textContent).trim().slice(0, 40)}”`;
}
