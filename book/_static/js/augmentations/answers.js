/* What the network says: twelve kinds, their probabilities, and how they are shown. */

import { element } from "../shared/dom.js";

/** The kinds that it tells apart, in the order of its outputs. */
export const KINDS = [
  "faces", "body parts", "people", "animals", "plants", "meals", "places", "vehicles", "clothes", "games", "devices", "signs",
];

/**
 * Turns the logits of one picture into probabilities.
 * @param {Float32Array} logits
 * @returns {number[]}
 */
export function probabilitiesOf(logits) {
  const most = Math.max(...logits);
  const powers = [...logits].map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/**
 * Gives the likeliest kind and its probability.
 * @param {number[]} probabilities
 * @returns {{kind: string, probability: number}}
 */
export function answerOf(probabilities) {
  const probability = Math.max(...probabilities);
  return { kind: KINDS[probabilities.indexOf(probability)], probability };
}

/** @type {(probability: number) => string} */
export const percent = (probability) =>
  probability > 0.995 ? "> 99%" : probability < 0.005 ? "< 1%" : `${Math.round(100 * probability)}%`;

/** The probabilities of a picture as it is and as it was changed, side by side, as bars with numbers. */
export class Bars {
  constructor() {
    this.rows = KINDS.map((kind) => {
      const fills = [element("span", { class: "fill before" }), element("span", { class: "fill after" })];
      const values = [element("td", {}, "–"), element("td", { "data-probability": kind }, "–")];
      const bar = element("td", { class: "bar-cell", "aria-hidden": "true" }, element("span", { class: "track" }, ...fills));
      return { row: element("tr", {}, element("th", { scope: "row" }, kind), bar, ...values), fills, values };
    });
    const heads = ["as it is", "changed"].map((head) => element("th", { scope: "col" }, head));
    this.table = element(
      "table", { class: "bars" },
      element("caption", {}, "Probabilities of the twelve kinds"),
      element(
        "thead", {},
        element("tr", {}, element("th", { scope: "col" }, "kind"), element("th", { scope: "col", "aria-hidden": "true" }, "bars"), ...heads),
      ),
      element("tbody", {}, ...this.rows.map(({ row }) => row)),
    );
  }

  /**
   * Shows probabilities, or none.
   * @param {(number[]|undefined)[]} both Of the picture as it is, and as it was changed.
   */
  show(both) {
    const best = both.map((probabilities) => probabilities && answerOf(probabilities).kind);
    this.rows.forEach(({ fills, values }, place) => {
      both.forEach((probabilities, k) => {
        fills[k].style.width = probabilities ? `${100 * probabilities[place]}%` : "0";
        values[k].textContent = probabilities ? percent(probabilities[place]) : "–";
        values[k].classList.toggle("best", best[k] === KINDS[place]);
      });
    });
  }
}
