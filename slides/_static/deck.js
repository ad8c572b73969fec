// Starts the deck, and gives its buttons and keys something to do.
const settings = JSON.parse(document.getElementById("settings").textContent);

const actions = {
  overview: () => Reveal.toggleOverview(),
  speaker: () => Reveal.getPlugin("notes").open(),
  scheme: () => scheme.toggle(),
  fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  help: () => Reveal.toggleHelp(),
};

const menu = document.querySelector(".menu");

for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => {
    actions[button.dataset.do]();
    menu.open = false;
    document.activeElement.blur(); // so that the space bar turns slides again
  });
}

Reveal.initialize({ ...settings, plugins: [RevealNotes] });
Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, actions.scheme);
