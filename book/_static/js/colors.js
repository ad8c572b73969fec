/* The color switch: as the system, light, dark; kept in this browser, and said by the button's name. */

const page = document.documentElement;
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
/** @type {Record<string, string>} */
const NAMES = { auto: "as the system", light: "light", dark: "dark" };

/** @param {string} mode */
function choose(mode) {
  page.dataset.mode = mode;
  page.dataset.theme = mode === "auto" ? (systemIsDark.matches ? "dark" : "light") : mode;
  localStorage.setItem("mode", mode);
  for (const button of document.querySelectorAll(".theme-switch-button")) {
    button.setAttribute("aria-label", `Colors: ${NAMES[mode]}`);
  }
}

/**
 * Gives the next mode. The first press shows a change: the theme that the system does not have.
 * @param {string} mode
 */
function next(mode) {
  const order = systemIsDark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  return order[(order.indexOf(mode) + 1) % order.length];
}

const chosen = () => page.dataset.mode ?? "auto";

for (const button of document.querySelectorAll(".theme-switch-button")) {
  button.addEventListener("click", () => choose(next(chosen())));
}
systemIsDark.addEventListener("change", () => choose(chosen()));
choose(chosen());
