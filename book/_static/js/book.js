/* What the pages do beyond the theme: the sidebar, the name of the color switch, wide formulas, and lessons read. */

const KEY = "lessons-read";
const COLORS = { auto: "as the system", light: "light", dark: "dark" };

/* On wide screens the button hides the contents; on narrow ones the theme opens them as a dialog. */
function sidebar() {
  const button = document.querySelector(".primary-toggle");
  const contents = document.querySelector("#pst-primary-sidebar");
  button?.addEventListener("click", (event) => {
    if (!matchMedia("(min-width: 60rem)").matches) return;
    event.stopImmediatePropagation();
    contents.hidden = !contents.hidden;
    button.setAttribute("aria-expanded", String(!contents.hidden));
  }, true);
}

/* The switch says what is chosen, not only that it switches. */
function nameColors() {
  const button = document.querySelector(".theme-switch-button");
  const page = document.documentElement;
  const name = () => button?.setAttribute("aria-label", `Colors: ${COLORS[page.dataset.mode]}`);
  new MutationObserver(name).observe(page, { attributeFilter: ["data-mode"] });
  name();
}

/* Formulas that are wider than the page scroll by keyboard too; for code and tables the theme does it. */
function formulas() {
  const size = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const formula of document.querySelectorAll("div.math")) size.observe(formula);
}

function lessonsRead() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Set();
  }
}

/* The reader's progress stays in this browser; the strip of the course and the front page show it. */
function showProgress() {
  const read = lessonsRead();
  for (const element of document.querySelectorAll("[data-lesson]")) {
    const done = read.has(Number(element.dataset.lesson));
    element.classList.toggle("read", done);
    if (element.matches("button")) element.setAttribute("aria-pressed", String(done));
  }
}

function progress() {
  showProgress();
  addEventListener("storage", showProgress);
  document.querySelector("button[data-lesson]")?.addEventListener("click", ({ currentTarget }) => {
    const read = lessonsRead();
    const lesson = Number(currentTarget.dataset.lesson);
    if (!read.delete(lesson)) read.add(lesson);
    localStorage.setItem(KEY, JSON.stringify([...read]));
    showProgress();
  });
}

sidebar();
nameColors();
formulas();
progress();
