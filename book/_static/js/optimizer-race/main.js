/* The optimizer race: three update rules from the same start on the same surface. */

import { addressOf, stateIn } from "../shared/address.js";
import { button, choice, element } from "../shared/dom.js";
import { palette } from "../shared/drawing.js";
import { Link } from "../shared/link.js";
import { OPTIMIZERS } from "../shared/optimizers.js";
import { troubleOf } from "../shared/state.js";
import { calm, watch } from "../shared/watching.js";
import { Curve } from "./curve.js";
import { Plane } from "./plane.js";
import { RUNNERS, race } from "./race.js";
import { Standings, fate } from "./standings.js";
import { Start } from "./start.js";
import { LONG_SHARES, NOISES, RATES, SHARES, STEPS, decode, encode, usualOf } from "./state.js";
import { SURFACES } from "./surfaces.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Paths } from "./race.js" */
/** @import { Settings } from "./state.js" */

const NAME = "optimizer-race";
const DURATION = 6_000; // milliseconds of a race
/** @type {(values: number[]) => [number, string][]} */
const plain = (values) => values.map((value) => [value, String(value)]);
/**
 * Label and values of each setting, and the optimizer it belongs to.
 * @type {Record<string, [label: string, values: number[], owner: string]>}
 */
const KNOBS = {
  sgdRate: ["Learning rate of SGD", RATES, "sgd"],
  momentumRate: ["Learning rate of momentum", RATES, "momentum"],
  momentum: ["Share of the velocity kept", SHARES, "momentum"],
  adamRate: ["Learning rate of Adam", RATES, "adam"],
  beta1: ["β₁ of Adam", SHARES, "adam"],
  beta2: ["β₂ of Adam", LONG_SHARES, "adam"],
};

/**
 * Builds the race.
 * @param {HTMLElement} stage Where it stands.
 */
export const mount = (stage) => new OptimizerRace(stage);

class OptimizerRace {
  /** @type {Settings} What the reader has chosen; from a link first. */
  settings;
  /** @type {Paths} Of these settings. */
  paths;
  /** How far the reader has let them come. */
  step = 0;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    this.isPlaying = false;
    this.pending = 0;
    this.startedAt = 0;
    /** @type {Palette|null} */
    this.colors = null;
    this.plane = new Plane(element("canvas", { role: "img", class: "plane" }));
    this.start = new Start(this.plane, (start, isLast) => this.choose({ start }, isLast));
    this.curve = new Curve(element("canvas", { role: "img", class: "curve" }));
    this.standings = new Standings();
    this.status = element("p", { role: "status", class: "said" });
    this.play = button("Race", () => (this.isPlaying ? this.pause() : this.begin()), { class: "play" });
    /** @type {HTMLInputElement} */
    this.slider = element("input", {
      type: "range", min: 0, step: 1, "aria-label": "Step", input: () => this.scrub(), change: () => this.report(),
    });
    this.stepLabel = element("span", { class: "brief", "aria-hidden": "true" });
    this.link = new Link((text) => this.say(text));
    /** @type {Record<string, HTMLSelectElement>} */
    this.selects = {};
    this.seedButton = button("Other noise", () => this.choose({ seed: (this.settings.seed % 999_999_999) + 1 }));
    this.layOut();
    watch(stage, { resized: () => this.draw(), seen: () => this.draw(), recolored: () => this.recolor() });
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME)));
    this.open(stateIn(location.hash, NAME) ?? "");
  }

  layOut() {
    /** @type {[string, string][]} */
    const surfaces = Object.entries(SURFACES).map(([key, { label }]) => [key, label]);
    this.stage.append(
      element("div", { class: "row bar" }, this.play, this.slider, this.stepLabel),
      element(
        "div", { class: "fields" },
        this.field("surface", "Surface", surfaces, (surface) => ({ surface, ...usualOf(surface) })),
        this.field("steps", "Steps", plain(STEPS)),
        this.field("noise", "Noise of the slope", plain(NOISES)),
        this.seedButton,
      ),
      this.status,
      element(
        "div", { class: "pictures" },
        element(
          "section", { "aria-label": "The surface and the paths" },
          element("p", { class: "title" }, "From above: drag the ring, reach the cross"),
          element("div", { class: "ground" }, this.plane.canvas, this.start.handle),
        ),
        element("div", { class: "knobs" }, ...RUNNERS.map((runner) => this.knobsOf(runner))),
        element(
          "section", { "aria-label": "Losses and standings" },
          element("p", { class: "title" }, "Loss"),
          this.curve.canvas,
          this.standings.table,
        ),
      ),
      element("p", { class: "title" }, "A link to this race"),
      this.link.row,
    );
  }

  /**
   * Makes a choice.
   * @param {string} name
   * @param {string} label
   * @param {[string|number, string][]} choices
   * @param {(value: string) => Partial<Settings>} [values] The settings that a choice means.
   */
  field(name, label, choices, values = (value) => ({ [name]: Number(value) })) {
    const { field, select } = choice(label, choices, (text) => this.choose(values(text)));
    this.selects[name] = select;
    return field;
  }

  /** @param {string} runner */
  knobsOf(runner) {
    const fields = Object.entries(KNOBS)
      .filter(([, [, , owner]]) => owner === runner)
      .map(([name, [label, values]]) => this.field(name, label, plain(values)));
    return element(
      "fieldset", { class: "fields" }, element("legend", {}, OPTIMIZERS[runner].label), ...fields,
    );
  }

  /* What the reader does */

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   */
  open(text) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text);
    this.settings = settings;
    this.renew();
    const trouble = troubleOf(problems, unknown, "the race");
    if (trouble) this.say(trouble);
    else if (text) this.report();
    else this.say("Three optimizers, one start. Drag the ring, choose a surface, turn a knob: the paths follow at once.");
  }

  /**
   * Takes a choice; all paths are computed anew at once.
   * @param {Partial<Settings>} values
   * @param {boolean} [isLast] Whether the reader has let go.
   */
  choose(values, isLast = true) {
    this.settings = { ...this.settings, ...values };
    this.renew();
    if (isLast) this.report();
  }

  renew() {
    this.isPlaying = false;
    this.play.textContent = "Race";
    this.paths = race(this.settings);
    this.step = this.settings.steps;
    this.slider.max = String(this.settings.steps);
    const texts = new Map(Object.entries(this.settings).map(([name, value]) => [name, String(value)]));
    for (const [name, select] of Object.entries(this.selects)) select.value = texts.get(name) ?? "";
    this.seedButton.disabled = this.settings.noise === 0;
    this.start.show(this.settings);
    this.link.show(addressOf(NAME, encode(this.settings)));
    this.draw();
  }

  begin() {
    if (calm.matches) {
      this.step = this.settings.steps;
      this.report();
      return this.draw();
    }
    this.isPlaying = true;
    this.play.textContent = "Pause";
    if (this.step >= this.settings.steps) this.step = 0;
    this.startedAt = performance.now() - (this.step / this.settings.steps) * DURATION;
    this.draw();
  }

  pause() {
    this.isPlaying = false;
    this.play.textContent = "Race";
    this.report();
  }

  scrub() {
    this.isPlaying = false;
    this.play.textContent = "Race";
    this.step = this.slider.valueAsNumber;
    this.draw();
  }

  /* Pictures and words */

  recolor() {
    this.colors = null;
    this.draw();
  }

  draw() {
    this.pending ||= requestAnimationFrame((now) => this.frame(now));
  }

  /** @param {number} now In milliseconds. */
  frame(now) {
    this.pending = 0;
    const { surface, steps } = this.settings;
    if (this.isPlaying) {
      this.step = Math.max(0, Math.min(steps, Math.round(((now - this.startedAt) / DURATION) * steps)));
      if (this.step === steps) this.pause();
      else this.draw();
    }
    this.colors ??= palette(this.stage);
    this.plane.draw(surface, this.paths, this.step, this.colors);
    this.curve.draw(this.paths, this.step, steps, this.colors);
    this.standings.show(this.paths, this.step);
    this.slider.value = String(this.step);
    this.stepLabel.textContent = `step ${this.step} of ${steps}`;
    this.describe();
  }

  report() {
    const fates = RUNNERS.map((runner) => {
      const path = this.paths[runner];
      const told = fate(path, this.step);
      const words = told === "–" ? `stands at loss ${path.losses[Math.min(this.step, path.losses.length - 1)].toPrecision(2)}`
        : told === "flew off" ? `flew off after step ${path.places.length - 1}` : `arrived at ${told}`;
      return `${OPTIMIZERS[runner].label} ${words}`;
    });
    this.say(`After ${this.step} steps: ${fates.join("; ")}.`);
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
  }

  describe() {
    const { surface, start } = this.settings;
    this.plane.canvas.setAttribute(
      "aria-label",
      `${SURFACES[surface].label} from above, with the paths of three optimizers from ${start.join(" and ")}. The table has their places.`,
    );
    this.curve.canvas.setAttribute("aria-label", "The loss of each optimizer against steps. The table has their losses.");
  }
}
