/* Sliders with their names and what they stand at. */

import { element } from "../shared/dom.js";

let made = 0;

export class Slider {
  /**
   * @param {string} label
   * @param {{least: number, most: number, step: number}} range
   * @param {(value: number, isLast: boolean) => void} move Told where it stands, and whether the reader let go.
   */
  constructor(label, { least, most, step }, move) {
    const id = `augmentation-${++made}`;
    /** @type {HTMLInputElement} */
    this.input = element("input", {
      id, type: "range", min: least, max: most, step,
      input: () => move(this.input.valueAsNumber, false), change: () => move(this.input.valueAsNumber, true),
    });
    this.words = element("span", { class: "range", "aria-hidden": "true" });
    this.field = element("div", { class: "field" }, element("label", { for: id }, label), this.input, this.words);
  }

  /**
   * @param {number} value
   * @param {string} words What that means.
   */
  show(value, words) {
    this.input.value = String(value);
    this.input.setAttribute("aria-valuetext", words);
    this.words.textContent = words;
  }
}
