/* A reader's own points from text: x, y and class in three columns. Errors say what to change. */

/** @import { Points } from "./data.js" */

export const LARGEST_FILE = 1_000_000; // bytes
export const MOST_POINTS = 2000;
const EXTENT = 1.5;

/** @typedef {{number: number, parts: string[]}} Row A line's number in the file, and its columns. */

/**
 * Gives the text of a file: UTF-8, or the UTF-16 that Excel calls Unicode text.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {string}
 */
export function textOf(bytes) {
  const mark = String([...bytes.subarray(0, 2)]);
  return new TextDecoder({ "255,254": "utf-16le", "254,255": "utf-16be" }[mark] ?? "utf-8").decode(bytes);
}

/**
 * Reads points of two classes, as Excel, pandas and NumPy write them.
 * @param {string} text Three columns, divided by commas, semicolons, tabs or spaces. A first line may name them,
 *     a column before them may number the lines, and lines that begin with # are passed over.
 * @returns {Points & {note: string}}
 * @throws {Error} If it cannot be used; the message is for the reader.
 */
export function parsePoints(text) {
  const rows = withoutNames(rowsIn(text));
  if (rows.length > MOST_POINTS) {
    throw new Error(`The file has ${rows.length} points, and the playground takes ${MOST_POINTS}. Keep some of them.`);
  }
  const read = rows.map(readRow);
  const names = [...new Set(read.map(({ name }) => name))].sort();
  if (names.length !== 2) {
    const found = names.slice(0, 5).join(", ") || "none";
    throw new Error(`The third column has ${names.length} classes (${found}), and there must be two.`);
  }
  const { points, note } = fitted(Float64Array.from(read.flatMap(({ x, y }) => [x, y])));
  return { points, labels: Uint8Array.from(read, ({ name }) => names.indexOf(name)), note };
}

/**
 * Cuts a text into rows of columns.
 * @param {string} text
 * @returns {Row[]} At least one.
 */
function rowsIn(text) {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, line }))
    .filter(({ line }) => line.trim() && !/^\s*#/.test(line));
  const named = /^"?sep=(.)"?$/i.exec(lines[0]?.line)?.[1]; // how Excel is told the separator
  if (named) lines.shift();
  if (!lines.length) throw new Error("The file is empty. It needs lines such as 0.5, -0.2, 1: x, y and the class.");
  const separator = named ?? [";", "\t", ","].find((each) => lines[0].line.split(each).length > 2) ?? /\s+/;
  const rows = lines.map(({ number, line }) => ({ number, parts: cut(line, separator) }));
  if (rows[0].parts.length < 3) {
    throw new Error(
      `Line ${rows[0].number} has no three columns. Write x, y and the class, divided by commas, semicolons, tabs or spaces.`,
    );
  }
  return rows;
}

/**
 * Cuts a line into columns. A comma that does not divide them is a decimal one.
 * @param {string} line
 * @param {string|RegExp} separator
 */
function cut(line, separator) {
  const parts = (typeof separator === "string" ? line : line.trim()).split(separator);
  while (parts.length > 3 && !parts.at(-1)?.trim()) parts.pop(); // spreadsheets end all lines alike
  return parts.map((part) => part.trim().replace(/^"(.*)"$/, "$1"));
}

/**
 * Drops the line that names the columns, and the column that numbers the lines.
 * @param {Row[]} rows
 */
function withoutNames(rows) {
  const [one, other] = rows[0].parts;
  const hasNames = isName(one) && isName(other) && Boolean(one || other);
  const names = hasNames ? rows[0].parts : null;
  const data = hasNames ? rows.slice(1) : rows;
  const isWide = data.every(({ parts }) => parts.length === 4);
  const first = Number(data[0]?.parts[0]);
  const counts = data.every(({ parts }, index) => Number(parts[0]) === first + index);
  const isNumbered = isWide && (counts || names?.[0] === "" || names?.length === 3);
  return isNumbered ? data.map(({ number, parts }) => ({ number, parts: parts.slice(1) })) : data;
}

/** @param {string} part */
const isName = (part) => /^(?:\p{L}.*)?$/u.test(part) && !/^(nan|inf)/i.test(part);

/**
 * Reads a line's three columns.
 * @param {Row} row
 */
function readRow({ number, parts }) {
  if (parts.length !== 3 || !parts[2]) {
    throw new Error(`Line ${number} has ${parts.filter(Boolean).length} columns, and there must be three: x, y, class.`);
  }
  const [x, y] = [decimal(parts[0]), decimal(parts[1])];
  if (!Number.isFinite(x) || !Number.isFinite(y) || Math.abs(x) > 1e12 || Math.abs(y) > 1e12) {
    throw new Error(`Line ${number} has “${parts[0]}” and “${parts[1]}” as x and y. Both must be ordinary numbers.`);
  }
  return { x, y, name: parts[2].slice(0, 40) };
}

/**
 * Reads a number with a point or a comma, and with any minus.
 * @param {string} part
 */
const decimal = (part) => (part ? Number(part.replace(",", ".").replace("\u2212", "-")) : NaN);

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
