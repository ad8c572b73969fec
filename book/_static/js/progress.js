/* Steps of the course that the reader has marked as done; kept in this browser, shown on the front page, in each
   lesson, and at the end of each step's page. */

const KEY = "steps-done";
const LESSONS = "lessons-read"; // where an earlier version of the book kept the numbers of lessons

/** @type {NodeListOf<HTMLElement>} */
const shown = document.querySelectorAll("[data-step]");
/** @type {NodeListOf<HTMLElement>} */
const steps = document.querySelectorAll("li[data-step]");
const progress = document.querySelector(".course-progress");

/** @returns {Set<string>} */
function done() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept) return new Set(JSON.parse(kept));
    return new Set(JSON.parse(localStorage.getItem(LESSONS) ?? "[]").map((/** @type {number} */ each) => `lesson${each}`));
  } catch {
    return new Set();
  }
}

function show() {
  const marked = done();
  for (const element of shown) {
    const isDone = marked.has(element.dataset.step ?? "");
    element.classList.toggle("done", isDone);
    if (element.matches("button")) element.setAttribute("aria-pressed", String(isDone));
  }
  if (progress) tell(progress, [...steps].filter((step) => !marked.has(step.dataset.step ?? "")));
}

/**
 * Say how far the reader is, and where to go on.
 *
 * @param {Element} place
 * @param {HTMLElement[]} left
 */
function tell(place, left) {
  const [bar, sentence, link] = /** @type {[HTMLProgressElement, HTMLElement, HTMLAnchorElement]} */ (
    ["progress", "span", "a"].map((name) => place.querySelector(name))
  );
  bar.value = steps.length - left.length;
  const count = `${bar.value || "None"} of ${steps.length} steps done`;
  sentence.textContent = bar.value ? `${count}.` : `${count}: tick them here, and this browser remembers.`;
  link.hidden = left.length === 0;
  if (left.length === 0) return;
  link.textContent = `${bar.value ? "Go on" : "Begin"} with ${left[0].dataset.short}`;
  link.href = left[0].querySelector("a")?.href ?? "";
}

for (const button of shown) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.addEventListener("click", () => {
    const marked = done();
    const step = button.dataset.step ?? "";
    if (!marked.delete(step)) marked.add(step);
    localStorage.setItem(KEY, JSON.stringify([...marked]));
    show();
  });
  button.disabled = false; // until now a click would have been lost
}
addEventListener("storage", show);
show();
