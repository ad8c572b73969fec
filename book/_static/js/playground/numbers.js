/* The numbers beside the pictures, and the weights as a table of text. */

import { element } from "../shared/dom.js";

/** @import { Network } from "./network.js" */
/**
 * Losses in nats, and shares; null where nothing is known.
 * @typedef {{steps: number, parameters: number, training: number|null, test: number|null,
 *     accuracy: number|null, fresh: number|null, ceiling: number|null}} Figures
 */

/** @param {number|null} value */
const percent = (value) => (value === null ? "–" : `${(100 * value).toFixed(1)}%`);
/** @param {number|null} value */
const nats = (value) => (value === null || !Number.isFinite(value) ? "–" : value.toFixed(3));
const FIRST = { steps: "Steps", accuracy: "Accuracy, kept back" };
const OTHERS = {
  training: "Training loss",
  test: "Loss, kept back",
  parameters: "Parameters",
  fresh: "20,000 fresh points",
  ceiling: "Ceiling",
};

export class Numbers {
  constructor() {
    /** @type {Record<string, HTMLElement>} */
    this.cells = {};
    this.first = this.list(FIRST);
    this.others = this.list(OTHERS);
  }

  /** @param {Record<string, string>} labels */
  list(labels) {
    const entries = Object.entries(labels).map(([name, label]) => {
      this.cells[name] = element("dd", { "data-number": name, translate: "no" });
      return element("div", {}, element("dt", {}, label), this.cells[name]);
    });
    return element("dl", {}, ...entries);
  }

  /** @param {Figures} figures */
  show({ steps, parameters, training, test, accuracy, fresh, ceiling }) {
    const texts = {
      steps: steps.toLocaleString("en"),
      parameters: parameters.toLocaleString("en"),
      training: nats(training),
      test: nats(test),
      accuracy: percent(accuracy),
      fresh: percent(fresh),
      ceiling: percent(ceiling),
    };
    for (const [name, text] of Object.entries(texts)) {
      if (this.cells[name].textContent !== text) this.cells[name].textContent = text;
    }
  }
}

/**
 * Writes all weights as lines of text.
 * @param {Network} network
 * @returns {string}
 */
export function weightsAsText({ layers }) {
  /** @param {number} value */
  const number = (value) => value.toFixed(3).padStart(8);
  return layers
    .map(({ inputs, weight, bias }, index) => {
      const name = index === layers.length - 1 ? "output" : `hidden layer ${index + 1}`;
      const rows = Array.from(bias, (value, j) => {
        const weights = Array.from(weight.subarray(j * inputs, (j + 1) * inputs), number).join("");
        return `  unit ${String(j + 1).padStart(2)}: weights${weights}   bias${number(value)}`;
      });
      return `${name}\n${rows.join("\n")}`;
    })
    .join("\n");
}
