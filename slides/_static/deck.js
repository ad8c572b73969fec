// Starts the deck, and gives its buttons and keys something to do.
const settings = JSON.parse(document.getElementById("settings")?.textContent ?? "{}");

/** @type {Record<string, () => void>} */
const actions = {
  overview: () => Reveal.toggleOverview(),
  speaker: () => Reveal.getPlugin("notes").open(),
  scheme: () => scheme.toggle(),
  fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  help: () => Reveal.toggleHelp(),
};

/** @type {HTMLDetailsElement|null} */
const menu = document.querySelector(".menu");
/** @type {NodeListOf<HTMLElement>} */
const buttons = document.querySelectorAll("[data-do]");

for (const button of buttons) {
  button.addEventListener("click", () => {
    actions[button.dataset.do ?? ""]();
    if (menu) menu.open = false;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // so that the space bar turns slides again
  });
}

Reveal.initialize({ ...settings, plugins: [RevealNotes] });
Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, actions.scheme);
