/* Brings a figure to life when it comes into view, or, where it has a button, when that is pressed; before,
   nothing of it is loaded.

   A link to #NAME?STATE leads to the interactive NAME, which reads the state itself. */

import { stateIn } from "./shared/address.js";

/** @param {HTMLLinkElement} link */
const loaded = (link) => new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject }));

/** @type {Map<string, Promise<unknown>>} */
const sheets = new Map();

/**
 * Adds a style sheet, once: a page may hold several interactives.
 * @param {string} name
 */
function styled(name) {
  if (!sheets.has(name)) {
    const { href } = new URL(`../css/${name}.css`, import.meta.url);
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    sheets.set(name, loaded(link));
    document.head.append(link);
  }
  return sheets.get(name);
}

/** @param {HTMLElement} place */
async function awaken(place) {
  const name = place.dataset.interactive ?? "";
  const [{ mount }] = await Promise.all([import(`./${name}/main.js`), styled("stage"), styled(name)]);
  const stage = document.createElement("div");
  stage.className = `stage ${name}`;
  place.prepend(stage);
  place.classList.add("alive");
  mount(stage, place.dataset);
  if (place === asked()) place.scrollIntoView();
}

/* The place that the address names with a state. */
const asked = () => places.find(({ dataset }) => stateIn(location.hash, dataset.interactive ?? "") !== null);

const show = () => asked()?.scrollIntoView();

const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-interactive]")]);
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    const place = /** @type {HTMLElement} */ (target);
    awaken(place).catch((error) => console.warn(`The figure stays as it is: ${error.message ?? "a file is missing"}`));
  }
});

/**
 * Waits for the press of a button.
 * @param {HTMLElement} place
 * @param {HTMLButtonElement} button
 */
function awaitPress(place, button) {
  const apologize = () => {
    const note = place.querySelector(".note");
    if (note) note.textContent = "A file did not arrive. Reload the page to try again.";
  };
  button.addEventListener("click", () => awaken(place).catch(apologize), { once: true });
}

for (const place of places) {
  const button = place.querySelector("button");
  if (button) {
    awaitPress(place, button);
  } else {
    place.classList.add("awaited");
    observer.observe(place);
  }
}
addEventListener("hashchange", show);
show();
