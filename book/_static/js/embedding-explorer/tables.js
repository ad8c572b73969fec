/* Answers as tables. Each word is a button that asks for its neighbors. */

import { button, element } from "../shared/dom.js";
import { LISTED } from "./questions.js";

/** @import { Point } from "./map.js" */
/** @import { Found, Words } from "./vectors.js" */
/** @typedef {(row: number) => void} AskFor Told the word that the reader wants to know more of. */

const PLACES = [...Array(LISTED).keys()];

/** @param {number} cosine */
export const rounded = (cosine) => (Math.round(100 * cosine) / 100 || 0).toFixed(2).replace("-", "−");

/**
 * Makes a word that can be asked about.
 * @param {Words} words
 * @param {number} row
 * @param {AskFor} askFor
 */
const wordButton = (words, row, askFor) =>
  button(words.names[row], () => askFor(row), { class: "word", title: `The neighbors of ${words.names[row]}` });

/**
 * Makes a table.
 * @param {string} caption
 * @param {string[]} columns
 * @param {(string|HTMLElement)[][]} rows Texts and elements of the cells, the row's head first.
 */
const tableOf = (caption, columns, rows) =>
  element(
    "table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...columns.map((text) => element("th", { scope: "col" }, text)))),
    element(
      "tbody", {},
      ...rows.map(([head, ...cells]) =>
        element("tr", {}, element("th", { scope: "row" }, head), ...cells.map((cell) => element("td", {}, cell))),
      ),
    ),
  );

/** @param {string} caption */
const empty = (caption) => tableOf(caption, ["Place", "Word", "Cosine"], PLACES.map((place) => [String(place + 1), "–", "–"]));

/**
 * Lists neighbors.
 * @param {Words|null} words Nothing before they are here.
 * @param {string} name
 * @param {Found[]} found
 * @param {AskFor} askFor
 */
export function neighborTable(words, name, found, askFor) {
  const caption = `Nearest to ${name}`;
  if (!words) return empty(caption);
  return tableOf(
    caption, ["Place", "Word", "Cosine"],
    found.map(({ row, cosine }, place) => [String(place + 1), wordButton(words, row, askFor), rounded(cosine)]),
  );
}

/**
 * Lists the nearest to a sum both ways, side by side; given words are marked.
 * @param {Words} words
 * @param {string} name
 * @param {{allowed: Found[], leftOut: Found[]}} found
 * @param {Set<number>} given
 * @param {AskFor} askFor
 */
export function sumTable(words, name, { allowed, leftOut }, given, askFor) {
  /** @param {Found} found */
  const cells = ({ row, cosine }) => {
    const shown = wordButton(words, row, askFor);
    return [given.has(row) ? element("strong", {}, shown, " (given)") : shown, rounded(cosine)];
  };
  return tableOf(
    `Nearest to ${name}`, ["Place", "Of all words", "Cosine", "Given words left out", "Cosine"],
    allowed.map((first, place) => [String(place + 1), ...cells(first), ...cells(leftOut[place])]),
  );
}

/**
 * Places words along an axis, from one pole to the other.
 * @param {Words} words
 * @param {[from: string, to: string]} poles
 * @param {Found[]} placed
 * @param {AskFor} askFor
 */
export function axisTable(words, [from, to], placed, askFor) {
  const reach = Math.max(0.1, ...placed.map(({ cosine }) => Math.abs(cosine)));
  /** @param {number} cosine */
  const track = (cosine) =>
    element(
      "span", { class: "track", "aria-hidden": "true" },
      element("span", { class: "dot", style: `left: ${50 + (46 * cosine) / reach}%` }),
    );
  return tableOf(
    `From ${from} to ${to}`, ["Word", `${from} ← → ${to}`, "Cosine"],
    placed.map(({ row, cosine }) => [wordButton(words, row, askFor), track(cosine), rounded(cosine)]),
  );
}

/**
 * Lists where words lie on the map.
 * @param {Point[]} points
 */
export const placeTable = (points) =>
  tableOf(
    "Where each word lies", ["Word", "1st direction", "2nd", "3rd"],
    points.map(({ name, place }) => [name, ...place.map(rounded)]),
  );
