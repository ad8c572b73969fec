/* The kernel's weights, each a field to write into. */

import { element } from "../shared/dom.js";
import { weightOf } from "./kernels.js";
import { placed } from "./words.js";

/** @import { Weights } from "./kernels.js" */

export class Editor {
  /** @type {HTMLInputElement[][]} */
  inputs = [];

  /**
   * @param {(row: number, column: number, weight: string) => void} write Told what a weight becomes.
   * @param {(text: string) => void} say
   */
  constructor(write, say) {
    this.write = write;
    this.say = say;
    this.box = element("div", { class: "kernel", role: "group", "aria-label": "Weights of the kernel" });
  }

  /** @param {Weights} weights */
  show(weights) {
    if (weights.length !== this.inputs.length) this.build(weights.length);
    weights.forEach((row, v) => row.forEach((weight, h) => this.put(this.inputs[v][h], weight)));
  }

  /** @param {number} size */
  build(size) {
    this.inputs = Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, column) => this.input(row, column)),
    );
    this.box.style.setProperty("--side", String(size));
    this.box.replaceChildren(...this.inputs.flat());
  }

  /**
   * @param {number} row
   * @param {number} column
   * @returns {HTMLInputElement}
   */
  input(row, column) {
    /** @type {HTMLInputElement} */
    const input = element("input", {
      type: "text", autocomplete: "off", maxlength: 8, "aria-label": `Weight at ${placed(row, column)}`,
      change: () => this.take(input, row, column), focus: () => input.select(),
    });
    return input;
  }

  /**
   * @param {HTMLInputElement} input
   * @param {string} weight
   */
  put(input, weight) {
    input.value = weight.replace("-", "−");
    input.removeAttribute("aria-invalid");
  }

  /**
   * Takes what the reader has written, or says why not and keeps the weight of before.
   * @param {HTMLInputElement} input
   * @param {number} row
   * @param {number} column
   */
  take(input, row, column) {
    const weight = weightOf(input.value);
    if (weight !== undefined) return this.write(row, column, weight);
    input.setAttribute("aria-invalid", "true");
    this.say(`“${input.value}” is no weight. Write one from −99.99 to 99.99, or a fraction such as 1/9.`);
  }
}
