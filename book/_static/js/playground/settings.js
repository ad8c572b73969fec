/* The controls of data, network and training. */

import { button, choice, element } from "../shared/dom.js";
import { OPTIMIZERS } from "../shared/optimizers.js";
import { ACTIVATIONS } from "./activations.js";
import { SHAPES } from "./data.js";
import { FEATURES } from "./network.js";
import { BATCHES, DECAYS, MOST_LAYERS, MOST_UNITS, NOISES, RATES, SIZES } from "./state.js";

const named = (table) => Object.entries(table).map(([key, { label }]) => [key, label]);
const plain = (values) => values.map((value) => [value, String(value)]);
const DATA = [...named(SHAPES), ["own", "points of your own"]];

/* Label, choices, how a choice is read, and what must start anew: nothing, the points or the network. */
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
const OF_DATA = ["data", "noise", "size"];
const OF_TRAINING = ["activation", "optimizer", "rate", "batch", "decay"];

export class Settings {
  /** @param {(values: object, renews: string) => void} change Told what the reader has chosen. */
  constructor(change) {
    this.change = change;
    this.selects = {};
    this.boxes = {};
    this.newDraw = button("New draw", () => change({ draw: (this.values.draw % 999_999) + 1 }, "network"));
    this.seed = element("input", {
      type: "number", min: 1, max: 999999999, step: 1, required: true, change: () => this.readSeed(),
    });
    this.data = element("div", { class: "fields" }, ...OF_DATA.map((name) => this.field(name)), this.newDraw);
    this.training = element(
      "div",
      { class: "fields" },
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

  field(name) {
    const [label, choices, read, renews] = CHOICES[name];
    const { field, select } = choice(label, choices, (text) => this.change({ [name]: read(text) }, renews));
    this.selects[name] = select;
    return field;
  }

  box(name, label) {
    const box = element("input", { type: "checkbox", change: () => this.readInputs(box) });
    this.boxes[name] = box;
    return element("label", {}, box, label);
  }

  readInputs(changed) {
    const inputs = Object.keys(this.boxes).filter((name) => this.boxes[name].checked);
    if (inputs.length) this.change({ inputs }, "network");
    else changed.checked = true; // a network without inputs says nothing
  }

  readSeed() {
    if (this.seed.checkValidity()) this.change({ seed: this.seed.valueAsNumber }, "network");
    else this.seed.reportValidity();
  }

  /** Shows the values in all controls. */
  show(values) {
    this.values = values;
    for (const [name, select] of Object.entries(this.selects)) select.value = String(values[name]);
    for (const [name, box] of Object.entries(this.boxes)) box.checked = values.inputs.includes(name);
    this.seed.value = values.seed;
    const isOwn = values.data === "own";
    for (const control of [this.selects.noise, this.selects.size, this.newDraw]) control.disabled = isOwn;
  }
}

/** The buttons that make a network wider, narrower, deeper and shallower; one column a layer. */
export class Layers {
  /** @param {(hidden: number[]) => void} change Told the new widths of the hidden layers. */
  constructor(change) {
    this.change = change;
    this.more = button("Add a hidden layer", () => this.use([...this.hidden, Math.min(this.hidden.at(-1) ?? 4, 4)]));
    this.fewer = button("Remove the last one", () => this.use(this.hidden.slice(0, -1)));
    this.buttons = element("div", { class: "row" }, this.more, this.fewer);
    this.columns = element("div", { class: "columns" });
  }

  use(hidden) {
    this.change(hidden);
  }

  /** Shows the widths of the hidden layers. */
  show(hidden, column) {
    this.hidden = hidden;
    this.more.disabled = hidden.length >= MOST_LAYERS;
    this.fewer.disabled = hidden.length === 0;
    this.columns.style.setProperty("--column", `${column}px`);
    while (this.columns.children.length > hidden.length + 2) this.columns.lastElementChild.previousElementSibling.remove();
    if (!this.columns.children.length) {
      this.columns.append(element("span", {}, "inputs"), element("span", {}, "output"));
    }
    while (this.columns.children.length < hidden.length + 2) {
      this.columns.lastElementChild.before(this.column(this.columns.children.length - 2));
    }
    hidden.forEach((width, index) => this.showColumn(this.columns.children[index + 1], width));
  }

  column(index) {
    const resize = (change) => () => this.use(this.hidden.map((width, at) => (at === index ? width + change : width)));
    return element(
      "div",
      { role: "group", "aria-label": `Hidden layer ${index + 1}` },
      button("−", resize(-1), { "aria-label": `One unit fewer in hidden layer ${index + 1}` }),
      element("span"),
      button("+", resize(1), { "aria-label": `One unit more in hidden layer ${index + 1}` }),
    );
  }

  showColumn(column, width) {
    const [fewer, count, more] = column.children;
    count.textContent = width;
    fewer.disabled = width <= 1;
    more.disabled = width >= MOST_UNITS;
  }
}
