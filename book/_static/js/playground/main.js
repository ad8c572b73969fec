/* The playground: a network to train in the page. Holds the run, the clock, and what is shown when. */

import { stateIn } from "../shared/address.js";
import { button, choice, element } from "../shared/dom.js";
import { troubleOf } from "../shared/state.js";
import { calm, watch } from "../shared/watching.js";
import { Curve } from "./curve.js";
import { ceiling } from "./data.js";
import { Diagram } from "./diagram.js";
import { EXTENT, Grid } from "./grid.js";
import { classPalette } from "./marks.js";
import { Numbers, weightsAsText } from "./numbers.js";
import { HiddenPlane, Plane } from "./planes.js";
import { OwnPoints } from "./points.js";
import { Run } from "./run.js";
import { Layers, Settings } from "./settings.js";
import { Sharing } from "./sharing.js";
import { USUAL, decode, restore } from "./state.js";

/** @import { Entry } from "./competition.js" */
/** @import { Unit } from "./diagram.js" */
/** @import { Colors } from "./marks.js" */
/** @import { Figures } from "./numbers.js" */
/** @import { Renewed } from "./settings.js" */
/** @import { Settings as Values } from "./state.js" */

const TRAINING_TIME = 9; // milliseconds of each frame; the rest is for drawing
const FRESH_EVERY = 700; // milliseconds between two looks at the fresh points, at least
const SAY_EVERY = 8_000; // milliseconds between two words to a screen reader while it trains
const CALM_EVERY = 1_000; // milliseconds between two pictures for who asked for little motion
/** Steps a picture, and what the reader calls it. @type {[string, string][]} */
const SPEEDS = [["1", "slow"], ["10", "medium"], ["all", "full"]];

/**
 * Builds the playground.
 * @param {HTMLElement} stage Where it stands.
 */
export function mount(stage) {
  return new Playground(stage);
}

class Playground {
  /** @type {Run} From a link first, and anew whenever the network is. */
  run;
  /** @type {Grid} Of this run. */
  grid;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    this.isPlaying = false;
    this.isSeen = true;
    this.isStale = true;
    /** @type {Unit|null} */
    this.selected = null;
    this.speed = "all";
    this.pending = 0;
    this.lastSaid = 0;
    this.lastPicture = 0;
    this.lastFresh = 0;
    this.freshCost = 0;
    /** @type {number|null} */
    this.freshAccuracy = null;
    /** @type {number|null} */
    this.ceiling = null;
    /** @type {Colors|null} */
    this.colors = null;
    /** @type {string|null} */
    this.shownFor = null;
    /** @param {string} text */
    const say = (text) => this.say(text);
    this.settings = new Settings((values, renews) => this.choose(values, renews));
    this.layers = new Layers((hidden) => this.choose({ hidden }, "network"));
    this.ownPoints = new OwnPoints((points, renews) => this.choose({ data: "own", points }, renews ? "network" : "points"), say);
    this.sharing = new Sharing(() => this.run, (folder) => this.openFolder(folder), say);
    this.numbers = new Numbers();
    this.plane = new Plane(element("canvas", { role: "img", class: "plane" }));
    this.hiddenPlane = new HiddenPlane(element("canvas", { role: "img", class: "plane" }));
    this.curve = new Curve(element("canvas", { role: "img", class: "curve" }));
    this.diagram = new Diagram(element("canvas", { role: "img", class: "diagram" }));
    this.status = element("p", { role: "status", class: "said" });
    this.play = button("Play", () => (this.isPlaying ? this.pause() : this.start()), { class: "play" });
    const shown = choice("Shown here", [], (value) => this.select(value));
    this.shown = shown.select;
    const speed = choice("Speed", SPEEDS, (value) => (this.speed = value));
    speed.select.value = this.speed;
    this.weights = element("pre", { tabindex: 0, role: "region", "aria-label": "Weights and biases", translate: "no" });
    this.weightsPanel = element(
      "details", { toggle: () => this.draw() }, element("summary", {}, "Weights as numbers"), this.weights,
    );
    this.hiddenNote = element("p", { class: "note" });
    this.scroller = element(
      "div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "The network, layer by layer" },
      this.layers.columns, this.diagram.canvas,
    );
    this.layOut(shown.field, speed.field);
    this.watch();
    this.open(stateIn(location.hash, "playground") ?? "");
    this.picture(performance.now()); // at once, or what stands below would move with the first frame
  }

  /**
   * Puts all parts into the page.
   * @param {HTMLElement} shown The choice of what the plane shows.
   * @param {HTMLElement} speed The choice of speed.
   */
  layOut(shown, speed) {
    this.stage.append(
      element(
        "div", { class: "head" },
        element(
          "div", { class: "bar" },
          element("div", { class: "buttons" }, this.play, button("Step", () => this.once()), button("Reset", () => this.reset())),
          this.numbers.first,
          this.status,
        ),
        element(
          "section", { class: "output", "aria-label": "The plane" },
          element("p", { class: "title" }, "What the network decides"),
          this.plane.canvas,
        ),
      ),
      element(
        "section", { class: "given", "aria-label": "Data and inputs" },
        element("p", { class: "title" }, "Data and inputs"),
        this.settings.data,
        this.settings.inputs,
      ),
      this.ownPoints.panel,
      element(
        "section", { class: "network", "aria-label": "Layers and units" },
        element("p", { class: "title" }, "The network"),
        this.layers.buttons,
        this.scroller,
      ),
      element("div", { class: "fields watching" }, shown, speed),
      this.settings.training,
      this.results(),
      element("div", { class: "folds" }, this.weightsPanel, this.sharing.panel),
    );
  }

  /** The losses, and the plane as the last hidden layer sees it. */
  results() {
    return element(
      "div", { class: "results" },
      element("section", { "aria-label": "Loss" }, element("p", { class: "title" }, "Loss"), this.curve.canvas),
      this.numbers.others,
      element(
        "section", { "aria-label": "The last hidden layer" },
        element("p", { class: "title" }, "In the last hidden layer"),
        this.hiddenPlane.canvas,
        this.hiddenNote,
      ),
    );
  }

  watch() {
    this.plane.canvas.addEventListener("click", (event) => this.clickPlane(event));
    this.diagram.canvas.addEventListener("click", (event) => this.clickDiagram(event));
    watch(this.stage, {
      resized: () => this.arrange(),
      seen: (isSeen) => {
        this.isSeen = isSeen;
        this.draw();
      },
      recolored: () => this.recolor(),
    });
    addEventListener("hashchange", () => {
      const state = stateIn(location.hash, "playground");
      if (state !== null) this.open(state);
    });
  }

  /* What the reader does */

  /**
   * Takes a state from a link.
   * @param {string} text
   */
  open(text) {
    const { settings, saved, problems, unknown } = decode(text);
    this.pause();
    this.renew(settings);
    if (saved) restore(this.run, saved);
    this.look();
    const trouble = problems.filter((name) => name !== "points" || settings.data === "own");
    const said = troubleOf(trouble, unknown, "the playground");
    if (said) this.say(said);
    else if (text) this.say("The link is opened.");
  }

  /** @param {Entry} entry */
  openFolder({ hidden, activation, weights, seed }) {
    this.pause();
    this.renew({ ...structuredClone(USUAL), hidden, activation, seed, points: this.run.settings.points });
    restore(this.run, { steps: 0, weights, moments: [], updates: 0 });
    this.look();
  }

  /**
   * Takes a choice and starts anew what depends on it.
   * @param {Partial<Values>} values
   * @param {Renewed} renews
   */
  choose(values, renews) {
    const settings = { ...this.run.settings, ...values };
    if (renews === "network") {
      const steps = this.run.steps;
      this.renew(settings);
      if (steps) this.say("The network starts anew.");
    } else {
      this.run.settings = settings;
      if (renews === "optimizer") this.run.useOptimizer();
      if (renews === "batch") this.run.useBatch();
      if (renews === "points") this.run.usePoints();
    }
    this.look();
  }

  start() {
    if (!this.run.training.labels.length) {
      this.say("There are no points yet. Click into the plane to add some.");
      return;
    }
    this.isPlaying = true;
    this.play.textContent = "Pause";
    this.lastSaid = performance.now();
    this.request();
  }

  pause() {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.play.textContent = "Play";
    this.tell();
    this.look();
  }

  once() {
    this.pause();
    this.run.step();
    this.look();
    this.tell();
  }

  reset() {
    this.pause();
    this.renew(this.run.settings);
    this.look();
    this.say("The network starts anew.");
  }

  /** @param {string} text */
  select(text) {
    const [layer, index] = text.split("-").map(Number);
    this.selected = text === "output" ? null : { layer, index };
    this.draw();
  }

  /** @param {MouseEvent} event */
  clickDiagram(event) {
    const unit = this.diagram.unitAt(event);
    this.shown.value = unit ? `${unit.layer}-${unit.index}` : "output";
    this.select(this.shown.value);
  }

  /** @param {MouseEvent} event */
  clickPlane(event) {
    if (this.run.settings.data !== "own") return;
    const [x, y] = this.plane.pointAt(event).map((value) => Math.max(-EXTENT, Math.min(EXTENT, value)));
    this.ownPoints.add(x, y);
  }

  /* What follows from it */

  /** @param {Values} settings */
  renew(settings) {
    this.run = new Run(settings);
    this.grid = new Grid(this.run);
    this.curve.forget();
    this.selected = null;
    this.freshAccuracy = null;
    this.ceiling = null;
    this.arrange();
  }

  /** Shows all anew: controls, pictures, numbers. */
  look() {
    const { settings } = this.run;
    this.settings.show(settings);
    this.ownPoints.show(settings);
    this.plane.canvas.classList.toggle("drawable", settings.data === "own");
    this.freshAccuracy = null;
    this.draw();
    this.sharing.refresh();
  }

  arrange() {
    const { hidden, inputs } = this.run.settings;
    const widths = [inputs.length, ...hidden, 1];
    const column = Diagram.column(widths.length - 1, this.scroller.clientWidth);
    this.layers.show(hidden, column);
    this.diagram.arrange(widths, column);
    this.listUnits(hidden);
    this.draw();
  }

  /** @param {number[]} hidden */
  listUnits(hidden) {
    const units = hidden.flatMap((width, layer) =>
      Array.from({ length: width }, (_, index) => [`${layer}-${index}`, `unit ${index + 1} of hidden layer ${layer + 1}`]),
    );
    const options = [["output", "the output"], ...units];
    if (this.shown.options.length === options.length && this.shownFor === hidden.join()) return;
    this.shownFor = hidden.join();
    this.shown.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
    this.selected = null;
  }

  recolor() {
    this.colors = null;
    this.draw();
  }

  /* The clock */

  draw() {
    this.isStale = true;
    this.request();
  }

  request() {
    this.pending ||= requestAnimationFrame((now) => this.frame(now));
  }

  /** @param {number} now In milliseconds. */
  frame(now) {
    this.pending = 0;
    if (!this.isSeen) return;
    if (this.isPlaying) this.train();
    if (this.isStale || !calm.matches || now - this.lastPicture > CALM_EVERY) this.picture(now);
    if (this.isPlaying) this.request();
  }

  train() {
    const end = performance.now() + TRAINING_TIME;
    const most = this.speed === "all" ? Infinity : Number(this.speed);
    for (let taken = 0; taken < most && (taken === 0 || performance.now() < end); taken++) this.run.step();
    if (!this.run.isFinite) {
      this.pause();
      this.say("The weights have grown beyond all numbers: the learning rate is too high. Lower it and press Reset.");
    }
  }

  /** @param {number} now In milliseconds. */
  picture(now) {
    this.isStale = false;
    this.lastPicture = now;
    const { run } = this;
    const colors = (this.colors ??= classPalette(this.stage));
    this.grid.update();
    this.plane.draw(this.grid, run, this.selected, colors);
    this.diagram.draw(this.grid, run, this.selected, colors);
    this.drawHidden(colors);
    this.showNumbers(now);
    this.curve.draw(colors);
    if (this.weightsPanel.open) this.weights.textContent = weightsAsText(run.network);
    if (this.isPlaying && now - this.lastSaid > SAY_EVERY) this.tell();
  }

  /** @param {Colors} colors */
  drawHidden(colors) {
    const last = this.run.settings.hidden.at(-1);
    const isFlat = last === 2 && this.run.isFinite;
    this.hiddenPlane.canvas.hidden = !isFlat;
    this.hiddenNote.hidden = isFlat;
    if (isFlat) this.hiddenPlane.draw(this.grid, this.run, colors);
    else this.hiddenNote.textContent = "Give the last hidden layer two units, and you see where it moves the points.";
  }

  /** @param {number} now In milliseconds. */
  showNumbers(now) {
    const { run } = this;
    const training = run.evaluate(run.training);
    const test = run.evaluate(run.test);
    this.refreshFresh(now);
    this.ceiling ??= run.settings.data === "own" ? null : ceiling(run.settings.data, run.settings.noise);
    this.curve.add(run.steps, training.loss, test.loss);
    /** @type {Figures} */
    const figures = {
      steps: run.steps,
      parameters: run.network.parameterCount,
      training: training.loss,
      test: test.loss,
      accuracy: test.accuracy,
      fresh: this.freshAccuracy,
      ceiling: this.ceiling,
    };
    this.numbers.show(figures);
    this.describe();
  }

  /**
   * Looks at the fresh points. They cost more than a picture, so they take at most a tenth of the time while it
   * trains.
   * @param {number} now In milliseconds.
   */
  refreshFresh(now) {
    const wait = Math.max(FRESH_EVERY, 10 * this.freshCost);
    if (this.freshAccuracy !== null && this.isPlaying && now - this.lastFresh < wait) return;
    const start = performance.now();
    this.freshAccuracy = this.run.freshAccuracy();
    this.freshCost = performance.now() - start;
    this.lastFresh = now;
  }

  /* Words */

  summary() {
    const { run } = this;
    const { loss, accuracy } = run.evaluate(run.test);
    const tested = loss === null || accuracy === null ? "" : ` On the points kept back: loss ${loss.toFixed(3)}, accuracy ${(100 * accuracy).toFixed(1)}%.`;
    return `Step ${run.steps.toLocaleString("en")}.${tested}`;
  }

  /**
   * Says something to the reader.
   * @param {string} text
   * @param {{heard?: boolean}} [how] Only heard where the page shows the same.
   */
  say(text, { heard = false } = {}) {
    this.lastSaid = performance.now();
    this.status.textContent = text;
    this.status.classList.toggle("heard", heard);
  }

  /** Tells a screen reader how far the training is; on the screen, the numbers do. */
  tell() {
    this.say(this.summary(), { heard: true });
  }

  /** Keeps the pictures' words true; said only when a reader asks for the picture. */
  describe() {
    const { run } = this;
    const what = this.shown.selectedOptions[0]?.textContent ?? "the output";
    /** @type {[HTMLCanvasElement, string][]} */
    const texts = [
      [this.plane.canvas, `The plane with ${run.training.labels.length} training points and ${run.test.labels.length} kept back, tinted by ${what}.`],
      [this.diagram.canvas, `Network ${run.network.widths.join("-")} with ${run.network.parameterCount} parameters; each unit shows its field.`],
      [this.curve.canvas, "Training loss as a full line and loss on the points kept back as a dashed line, against steps."],
      [this.hiddenPlane.canvas, "The training points at the two outputs of the last hidden layer, with the straight line of the output."],
    ];
    for (const [canvas, text] of texts) {
      if (canvas.getAttribute("aria-label") !== text) canvas.setAttribute("aria-label", text);
    }
  }
}
