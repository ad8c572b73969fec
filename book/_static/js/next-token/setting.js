/* A number that a slider and a field show and change together. */

import { element } from "../shared/dom.js";

let made = 0;

/**
 * @typedef {object} Range
 * @property {string} label
 * @property {number} least
 * @property {number} most
 * @property {number} step Of the field.
 * @property {number[]} stops What the slider can stand at.
 * @property {string} refusal Why a number outside of the range cannot be taken.
 */

export class Setting {
  /**
   * @param {Range} range
   * @param {(value: number) => void} change Told of each value that can be taken.
   * @param {(refusal: string) => void} refuse Told why one cannot.
   */
  constructor(range, change, refuse) {
    const id = `next-token-setting-${++made}`;
    this.range = range;
    this.change = change;
    this.refuse = refuse;
    this.value = range.most;
    /** @type {HTMLInputElement} */
    this.number = element("input", {
      id, type: "number", min: range.least, max: range.most, step: range.step, inputmode: "decimal",
      input: () => this.take(false), change: () => this.take(true),
    });
    /** @type {HTMLInputElement} */
    this.slider = element("input", {
      type: "range", min: 0, max: range.stops.length - 1, step: 1, "aria-label": `${range.label}, slider`,
      input: () => change(range.stops[this.slider.valueAsNumber]),
    });
    this.field = element("div", { class: "setting" }, element("label", { for: id }, range.label), this.number, this.slider);
  }

  /** @param {number} value */
  show(value) {
    const { stops } = this.range;
    this.value = value;
    if (this.number.valueAsNumber !== value) this.number.value = String(value);
    const nearest = stops.reduce((best, stop, k) => (Math.abs(stop - value) < Math.abs(stops[best] - value) ? k : best), 0);
    this.slider.value = String(nearest);
    this.slider.setAttribute("aria-valuetext", String(value));
  }

  /**
   * Takes the number that is typed, if it can be.
   * @param {boolean} isDone Whether the reader has left the field; else nothing is said of what cannot be taken.
   */
  take(isDone) {
    const { least, most, step, refusal } = this.range;
    const typed = this.number.valueAsNumber;
    if (typed >= least && typed <= most) {
      const value = Math.round(typed / step) * step;
      return this.change(Number(value.toFixed(2)));
    }
    if (!isDone) return;
    const said = Number.isNaN(typed) ? "That is no number" : `${typed} cannot be taken`;
    this.refuse(`${said}: ${refusal} It stays at ${this.value}.`);
    this.number.value = String(this.value);
  }
}
