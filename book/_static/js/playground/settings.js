/* The controls of data, network and training. */

import { button, choice, element } from "../shared/dom.js";
import { OPTIMIZERS } from "../shared/optimizers.js";
import { ACTIVATIONS } from "./activations.js";
import { SHAPES } from "./data.js";
import { FIRST } from "./diagram.js";
import { FEATURES } from "./network.js";
import { BATCHES, DECAYS, MOST_LAYERS, MOST_UNITS, NOISES, RATES, SIZES } from "./state.js";

/** @import { Settings as Values } from "./state.js" */
/** @typedef {"nothing"|"points"|"batch"|"optimizer"|"network"} Renewed What must start anew after a choice. */
/**
 * @typedef {{group: HTMLElement, fewer: HTMLButtonElement, count: HTMLElement, more: HTMLButtonElement}} Column
 *     The buttons of one layer, and its width between them.
 */

/** @type {(table: Record<string, {label: string}>) => [string, string][]} */
const named = (table) => Object.entries(table).map(([key, { label }]) => [key, label]);
/** @type {(values: (string|number)[]) => [string|number, string][]} */
const plain = (values) => values.map((value) => [value, String(value)]);
/** @type {[string, string][]} */
const DATA = [...named(SHAPES), ["own", "points of your own"]];

/**
 * Label, choices, how a choice is read, and what must start anew.
 * @type {Record<string, [label: string, choices: [string|number, string][], read: (text: string) => string|number,
 *     renews: Renewed]>}
 */
const CHOICES = {
  data: ["Data", DATA, String, "network"],
  noise: ["Noise", plain(NOISES), Number, "network"],
  size: ["Points", plain(SIZES), Number, "network"],
  activation: ["Activation", named(ACTIVATIONS), String, "network"],
  optimizer: ["Optimizer", named(OPTIMIZERS), String, "optimizer"],
  rate: ["Learning rate", plain(RATES), Number, "nothing"],
  batch: ["Batch size", plain(BATCHES).map(([value, text]) => [value, text === "full" ? "all points" : text]),
    (text) => (text === "full" ? text : Number(text)), "batch"],
  decay: ["L2", plain(DECAYS), Number, "nothing"],
};
const BESIDE = 76; // width of a column from which its number fits between the buttons
const OF_DATA = ["data", "noise", "size"];
const OF_TRAINING = ["activation", "optimizer", "rate", "batch", "decay"];

export class Settings {
  /** @type {Values} What is shown. */
  values;

  /** @param {(values: Partial<Values>, renews: Renewed) => void} change Told what the reader has chosen. */
  constructor(change) {
    this.change = change;
    /** @type {Record<string, HTMLSelectElement>} */
    this.selects = {};
    /** @type {Record<string, HTMLInputElement>} */
    this.boxes = {};
    this.newDraw = button("New draw", () => change({ draw: (this.values.draw % 999_999) + 1 }, "network"));
    /** @type {HTMLInputElement} */
    this.seed = element("input", {
      type: "number", min: 1, max: 999999999, step: 1, required: true, change: () => this.readSeed(),
    });
    this.data = element("div", { class: "fields" }, ...OF_DATA.map((name) => this.field(name)), this.newDraw);
    this.training = element(
      "div",
      { class: "fields training" },
      ...OF_TRAINING.map((name) => this.field(name)),
      element("label", { class: "field" }, element("span", {}, "Seed"), this.seed),
      button("Next seed", () => change({ seed: (this.values.seed % 999_999_999) + 1 }, "network")),
    );
    this.inputs = element(
      "fieldset",
      { class: "inputs" },
      element("legend", {}, "Inputs"),
      ...Object.entries(FEATURES).map(([name, { label }]) => this.box(name, label)),
    );
  }

  /** @param {string} name */
  field(name) {
    const [label, choices, read, renews] = CHOICES[name];
    const { field, select } = choice(label, choices, (text) => this.change({ [name]: read(text) }, renews));
    this.selects[name] = select;
    return field;
  }

  /**
   * Makes the box of an input of the network.
   * @param {string} name
   * @param {string} label
   */
  box(name, label) {
    /** @type {HTMLInputElement} */
    const box = element("input", { type: "checkbox", change: () => this.readInputs(box) });
    this.boxes[name] = box;
    return element("label", {}, box, label);
  }

  /** @param {HTMLInputElement} changed */
  readInputs(changed) {
    const inputs = Object.keys(this.boxes).filter((name) => this.boxes[name].checked);
    if (inputs.length) this.change({ inputs }, "network");
    else changed.checked = true; // a network without inputs says nothing
  }

  readSeed() {
    if (this.seed.checkValidity()) this.change({ seed: this.seed.valueAsNumber }, "network");
    else this.seed.reportValidity();
  }

  /**
   * Shows the values in all controls.
   * @param {Values} values
   */
  show(values) {
    this.values = values;
    const texts = new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
    for (const [name, select] of Object.entries(this.selects)) select.value = texts.get(name) ?? "";
    for (const [name, box] of Object.entries(this.boxes)) box.checked = values.inputs.includes(name);
    this.seed.value = String(values.seed);
    const isOwn = values.data === "own";
    for (const control of [this.selects.noise, this.selects.size, this.newDraw]) control.disabled = isOwn;
  }
}

/** The buttons that make a network wider, narrower, deeper and shallower; one column a layer. */
export class Layers {
  /** @param {(hidden: number[]) => void} change Told the new widths of the hidden layers. */
  constructor(change) {
    this.change = change;
    /** @type {number[]} */
    this.hidden = [];
    this.more = button("Add a hidden layer", () => this.use([...this.hidden, Math.min(this.hidden.at(-1) ?? 4, 4)]));
    this.fewer = button("Remove the last one", () => this.use(this.hidden.slice(0, -1)));
    this.buttons = element("div", { class: "row" }, this.more, this.fewer);
    this.output = element("span", {}, "output");
    this.columns = element("div", { class: "columns" }, element("span", {}, "inputs"), this.output);
    this.columns.style.setProperty("--first", `${FIRST}px`);
    /** @type {Column[]} */
    this.shown = [];
  }

  /** @param {number[]} hidden */
  use(hidden) {
    this.change(hidden);
  }

  /**
   * Shows the widths of the hidden layers.
   * @param {number[]} hidden
   * @param {number} column Width of a column after the first.
   */
  show(hidden, column) {
    this.hidden = hidden;
    this.more.disabled = hidden.length >= MOST_LAYERS;
    this.fewer.disabled = hidden.length === 0;
    this.columns.style.setProperty("--column", `${column}px`);
    this.columns.classList.toggle("narrow", column < BESIDE);
    while (this.shown.length > hidden.length) this.shown.pop()?.group.remove();
    while (this.shown.length < hidden.length) this.shown.push(this.column(this.shown.length));
    hidden.forEach((width, index) => this.showColumn(this.shown[index], width));
  }

  /**
   * Makes the column of a new last layer, before the output.
   * @param {number} index
   * @returns {Column}
   */
  column(index) {
    /** @param {number} change */
    const resize = (change) => () => this.use(this.hidden.map((width, at) => (at === index ? width + change : width)));
    const fewer = button("−", resize(-1), { "aria-label": `One unit fewer in hidden layer ${index + 1}` });
    const count = element("span");
    const more = button("+", resize(1), { "aria-label": `One unit more in hidden layer ${index + 1}` });
    const group = element("div", { role: "group", "aria-label": `Hidden layer ${index + 1}` }, fewer, count, more);
    this.output.before(group);
    return { group, fewer, count, more };
  }

  /**
   * Shows a layer's width.
   * @param {Column} column
   * @param {number} width
   */
  showColumn({ fewer, count, more }, width) {
    count.textContent = String(width);
    fewer.disabled = width <= 1;
    more.disabled = width >= MOST_UNITS;
  }
}
