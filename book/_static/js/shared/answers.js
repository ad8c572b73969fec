/* Probabilities, and how they are shown. */

import { element } from "./dom.js";

const DIGITS = [...Array(10).keys()];

/**
 * Turns logits, ten for each image, into lists of probabilities.
 * @param {Float32Array} logits
 * @returns {number[][]}
 */
export function probabilitiesOf(logits) {
  return Array.from({ length: logits.length / 10 }, (_, n) => softmax([...logits.slice(10 * n, 10 * n + 10)]));
}

/** @param {number[]} logits */
function softmax(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/**
 * Gives the likeliest digit and its probability.
 * @param {number[]} probabilities
 * @returns {{digit: number, probability: number}}
 */
export function answerOf(probabilities) {
  const probability = Math.max(...probabilities);
  return { digit: probabilities.indexOf(probability), probability };
}

/**
 * Writes a probability: with a decimal near both ends, where a whole number would claim 0% or 100%.
 * @type {(probability: number) => string}
 */
export const percent = (probability) =>
  probability > 0.999 ? "> 99.9%" : `${(100 * probability).toFixed(probability > 0.1 && probability < 0.995 ? 0 : 1)}%`;

/** The ten probabilities as bars with numbers. */
export class Bars {
  constructor() {
    this.rows = DIGITS.map((digit) => {
      const fill = element("span", { class: "fill" });
      const value = element("td", { "data-probability": digit }, "–");
      const bar = element("td", { class: "bar-cell", "aria-hidden": "true" }, element("span", { class: "track" }, fill));
      return { row: element("tr", {}, element("th", { scope: "row" }, String(digit)), bar, value), fill, value };
    });
    this.table = element(
      "table", { class: "bars" },
      element("caption", {}, "Probabilities"),
      element("tbody", {}, ...this.rows.map(({ row }) => row)),
    );
  }

  /**
   * Shows probabilities, or none.
   * @param {number[]} [probabilities]
   */
  show(probabilities) {
    const best = probabilities ? answerOf(probabilities).digit : -1;
    this.rows.forEach(({ row, fill, value }, digit) => {
      row.classList.toggle("best", digit === best);
      fill.style.width = probabilities ? `${100 * probabilities[digit]}%` : "0";
      value.textContent = probabilities ? percent(probabilities[digit]) : "–";
    });
  }
}
