/* A slider with its name above it and where it stands. */

import { element } from "../shared/dom.js";

let made = 0;

/**
 * Writes where a slider stands.
 * @param {number} position
 */
export const signed = (position) => `${position < -0.05 ? "−" : position < 0.05 ? "" : "+"}${Math.abs(position).toFixed(1)}`;

export class Slider {
  /**
   * @param {string} name
   * @param {{min: number, max: number, step: number}} range
   * @param {(value: number) => string} written
   * @param {(value: number, isLast: boolean) => void} moved Told where it stands, and whether the reader let go.
   */
  constructor(name, { min, max, step }, written, moved) {
    const id = `face-slider-${++made}`;
    this.written = written;
    /** @type {HTMLInputElement} */
    this.input = element("input", {
      id, type: "range", min, max, step,
      input: () => moved(this.input.valueAsNumber, false),
      change: () => moved(this.input.valueAsNumber, true),
    });
    this.value = element("span", { "aria-hidden": "true" });
    this.field = element(
      "div", { class: "slider" }, element("label", { for: id }, name), this.value, this.input,
    );
  }

  /** @param {number} value */
  show(value) {
    const text = this.written(value);
    if (this.input.valueAsNumber !== value) this.input.value = String(value);
    this.value.textContent = text;
    this.input.setAttribute("aria-valuetext", text);
  }
}
