/* A reader's own points from text: x, y and class in three columns. Errors say what to change. */

/** @import { Points } from "./data.js" */

export const LARGEST_FILE = 1_000_000; // bytes
export const MOST_POINTS = 2000;
const EXTENT = 1.5;

/**
 * Reads points of two classes.
 * @param {string} text Three columns, divided by commas, semicolons or tabs; a first line may name them.
 * @returns {Points & {note: string}}
 * @throws {Error} If it cannot be used; the message is for the reader.
 */
export function parsePoints(text) {
  const rows = text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, line: line.replace(/^\uFEFF/, "").trim() }))
    .filter(({ line }) => line);
  if (!rows.length) throw new Error("The file is empty. It needs lines such as 0.5, -0.2, 1: x, y and the class.");
  const separator = [";", "\t", ","].find((each) => rows[0].line.split(each).length > 2);
  if (!separator) {
    throw new Error(`Line ${rows[0].number} has no three columns. Write x, y and the class, divided by commas.`);
  }
  /** @param {string} line */
  const cut = (line) => line.split(separator).map((part) => part.trim().replace(/^"(.*)"$/, "$1"));
  if (cut(rows[0].line).slice(0, 2).every((part) => !/\d/.test(part) && !/^[-+]?(nan|inf)/i.test(part))) rows.shift();
  if (rows.length > MOST_POINTS) {
    throw new Error(`The file has ${rows.length} points, and the playground takes ${MOST_POINTS}. Keep some of them.`);
  }
  const read = rows.map(({ number, line }) => readRow(number, cut(line), separator));
  const names = [...new Set(read.map(({ name }) => name))].sort();
  if (names.length !== 2) {
    const found = names.slice(0, 5).join(", ") || "none";
    throw new Error(`The third column has ${names.length} classes (${found}), and there must be two.`);
  }
  const { points, note } = fitted(Float64Array.from(read.flatMap(({ x, y }) => [x, y])));
  return { points, labels: Uint8Array.from(read, ({ name }) => names.indexOf(name)), note };
}

/**
 * Reads a line's three columns.
 * @param {number} number Of the line.
 * @param {string[]} parts
 * @param {string} separator
 */
function readRow(number, parts, separator) {
  if (parts.length < 3 || !parts[2]) {
    throw new Error(`Line ${number} has ${parts.filter(Boolean).length} columns, and there must be three: x, y, class.`);
  }
  /** @param {string} part */
  const decimal = (part) => Number(separator === ";" ? part.replace(",", ".") : part);
  const [x, y] = [parts[0], parts[1]].map((part) => (part ? decimal(part) : NaN));
  if (!Number.isFinite(x) || !Number.isFinite(y) || Math.abs(x) > 1e12 || Math.abs(y) > 1e12) {
    throw new Error(`Line ${number} has “${parts[0]}” and “${parts[1]}” as x and y. Both must be ordinary numbers.`);
  }
  return { x, y, name: parts[2].slice(0, 40) };
}

/**
 * Moves points that lie outside the picture into it, with one scale for both coordinates.
 * @param {Float64Array} points
 */
function fitted(points) {
  if (points.every((value) => Math.abs(value) <= EXTENT)) return { points, note: "" };
  const [xs, ys] = [0, 1].map((odd) => points.filter((_, k) => k % 2 === odd));
  const middle = [xs, ys].map((values) => (Math.min(...values) + Math.max(...values)) / 2);
  const reach = Math.max(...[xs, ys].map((values, k) => Math.max(...values) - middle[k]));
  return {
    points: points.map((value, k) => (1.2 * (value - middle[k % 2])) / (reach || 1)),
    note: "The points were moved and scaled to fit the picture.",
  };
}
