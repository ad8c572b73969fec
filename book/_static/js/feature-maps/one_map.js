/* One map, enlarged, and what its strongest number is made of. */

import { element } from "../shared/dom.js";
import { gray, oneSided, paint, twoSided } from "../shared/painting.js";
import { DIGITS, LAYERS, fieldOf, mapOf, windowOf } from "./inside.js";
import { paintLarge } from "./painting.js";
import { largestOf } from "./strip.js";
import { largest, strongest } from "./tracing.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Inside } from "./inside.js" */
/** @import { Trace } from "./tracing.js" */

const MOST_SHOWN = 4; // of the maps that are read

/** @type {(value: number) => string} */
const plain = (value) => value.toFixed(2).replace("-0.00", "0.00").replace("-", "−");
/** @type {(value: number) => string} */
export const signed = (value) => (plain(value).startsWith("−") ? plain(value) : `+${plain(value)}`);

export class OneMap {
  constructor() {
    this.title = element("p", { class: "title" });
    this.picture = element("canvas", { role: "img" });
    this.map = element("canvas", { role: "img" });
    this.rows = element("tbody", {});
    this.table = element(
      "table", { class: "parts" },
      element("caption", {}, "What its largest sum is made of"),
      element(
        "thead", {},
        element(
          "tr", {},
          ...["It reads", "where", "kernel", "adds"].map((text) => element("th", { scope: "col" }, text)),
        ),
      ),
      this.rows,
    );
    this.goesOn = element("p", { class: "goes-on" });
    this.panel = element(
      "section", { class: "one-map", "aria-label": "The chosen map" },
      this.title,
      element(
        "div", { class: "enlarged" },
        element("div", { class: "captioned" }, this.picture, "what that number sees"),
        element("div", { class: "captioned" }, this.map, "the map; its largest number is framed"),
        this.goesOn,
        this.table,
      ),
    );
  }

  /**
   * Shows a map.
   * @param {number} number Of the layer, from 0.
   * @param {number} map From 0.
   * @param {Inside|null} inside
   * @param {Palette} colors
   * @returns {string} What there is to see, in words.
   */
  show(number, map, inside, colors) {
    const layer = LAYERS[number];
    const name = `Map ${map + 1} of the ${layer.name}`;
    this.title.textContent = name;
    this.table.hidden = !inside;
    this.goesOn.textContent = "";
    if (!inside) {
      const empty = new Float32Array(1);
      for (const canvas of [this.picture, this.map]) {
        paintLarge(canvas, empty, 1, oneSided(colors, 1), colors.orange);
        canvas.setAttribute("aria-label", "Nothing yet.");
      }
      return "";
    }
    const { kernel, inputs, side } = layer;
    const size = kernel * kernel * inputs;
    const kernels = inside.kernels[number].subarray(map * size, (map + 1) * size);
    const trace = strongest(layer, inside.read[number], kernels, inside.biases[number][map]);
    const { row, column } = trace.place;
    const [pixels] = inside.read;
    paintLarge(
      this.picture, pixels, 28, gray(Math.min(...pixels), Math.max(...pixels)), colors.orange,
      fieldOf(layer, trace.place),
    );
    this.picture.setAttribute("aria-label", `The digit, and the ${layer.field} by ${layer.field} pixels that the strongest place sees.`);
    const values = mapOf(inside.maps[number], side, map);
    paintLarge(this.map, values, side, oneSided(colors, largestOf(values)), colors.orange, { top: row, left: column, side: 1 });
    this.map.setAttribute("aria-label", `The map; its strongest place is in row ${row + 1}, column ${column + 1}.`);
    const shown = largest(trace.parts, MOST_SHOWN);
    this.fill(number, trace, shown, inside, kernels, colors);
    if (number === LAYERS.length - 1) this.goesOn.textContent = answersOf(map, inside);
    return `${name}: ${wordsOf(number, trace, shown)}`;
  }

  /**
   * Writes the table.
   * @param {number} number
   * @param {Trace} trace
   * @param {number[]} shown
   * @param {Inside} inside
   * @param {Float32Array} kernels
   * @param {Palette} colors
   */
  fill(number, trace, shown, inside, kernels, colors) {
    const layer = LAYERS[number];
    const { inputSide, kernel } = layer;
    const largestWeight = largestOf(kernels.map(Math.abs));
    const pictures = shown.map((k) => {
      const [read, weights] = [element("canvas", { "aria-hidden": "true" }), element("canvas", { "aria-hidden": "true" })];
      const row = rowOf(nameOf(number, k), signed(trace.parts[k]), element("td", {}, read), element("td", {}, weights));
      return { k, row, read, weights };
    });
    const rest = trace.parts.length - shown.length;
    const restSum = trace.parts.reduce((sum, part, k) => (shown.includes(k) ? sum : sum + part), 0);
    this.rows.replaceChildren(
      ...pictures.map(({ row }) => row),
      ...(rest ? [rowOf(`the other ${rest} maps`, signed(restSum))] : []),
      rowOf("its bias", signed(trace.bias)),
      rowOf("the sum", plain(trace.sum)),
      rowOf("after ReLU", plain(Math.max(0, trace.sum))),
    );
    for (const { k, read, weights } of pictures) {
      const values = mapOf(inside.read[number], inputSide, k);
      const scale = number ? oneSided(colors, largestOf(values)) : gray(Math.min(...values), Math.max(...values));
      paintLarge(read, values, inputSide, scale, colors.orange, windowOf(layer, trace.place));
      paint(weights, mapOf(kernels, kernel, k), kernel, twoSided(colors, largestWeight));
    }
  }
}

/** @type {(number: number, k: number) => string} */
const nameOf = (number, k) => (number ? `map ${k + 1}${number > 1 ? ", pooled" : ""}` : "the digit");

/**
 * Makes a row of the table; without pictures its name takes their place.
 * @param {string} name
 * @param {string} value
 * @param {...HTMLElement} pictures
 */
function rowOf(name, value, ...pictures) {
  const head = element("th", { scope: "row", ...(pictures.length ? {} : { colspan: 3 }) }, name);
  return element("tr", {}, head, ...pictures, element("td", {}, value));
}

/**
 * Says what a trace shows.
 * @param {number} number
 * @param {Trace} trace
 * @param {number[]} shown
 */
function wordsOf(number, trace, shown) {
  if (trace.sum <= 0) return "nothing of this digit is above 0 in it.";
  const parts = shown.slice(0, 2).map((k) => `${signed(trace.parts[k])} from ${nameOf(number, k)}`);
  return `at its strongest place ${plain(trace.sum)}, of it ${parts.join(" and ")}.`;
}

/**
 * Says which digits a map of the last layer speaks for.
 * @param {number} map
 * @param {Inside} inside
 */
function answersOf(map, { means, lastWeights }) {
  const parts = Array.from({ length: DIGITS }, (_, digit) => lastWeights[digit * means.length + map] * means[map]);
  const [most, least] = [Math.max(...parts), Math.min(...parts)];
  const mean = `The mean of this map is ${plain(means[map])}.`;
  if (most <= least) return `${mean} It adds nothing to any answer.`;
  return `${mean} It adds most to the logit of ${parts.indexOf(most)} (${signed(most)}) and least to that of ${parts.indexOf(least)} (${signed(least)}).`;
}
