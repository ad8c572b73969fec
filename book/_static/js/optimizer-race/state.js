/* The whole state of the race as text for a link, and back. */

import { among, asText, read, strangersIn, whole, write } from "../shared/state.js";
import { SURFACES } from "./surfaces.js";

/** @import { Field, Fields } from "../shared/state.js" */
/** @import { Surface } from "./surfaces.js" */
/**
 * What the reader has chosen for a surface, and the surface.
 * @typedef {{start: number[], noise: number, seed: number, steps: number, sgdRate: number, momentumRate: number,
 *     adamRate: number, momentum: number, beta1: number, beta2: number}} Choices
 * @typedef {Choices & {surface: string}} Settings
 */

export const RATES = [0.0001, 0.0003, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.2, 0.5, 1];
export const SHARES = [0, 0.5, 0.8, 0.9, 0.95, 0.99];
export const LONG_SHARES = [0, 0.5, 0.9, 0.99, 0.999, 0.9999];
export const NOISES = [0, 0.5, 1, 2, 4, 8];
export const STEPS = [50, 100, 200, 500, 1000];
const SURFACE = among(Object.keys(SURFACES));

/**
 * A start: two numbers with two decimals, inside the surface's picture.
 * @param {Surface} surface
 * @returns {Field<number[]>}
 */
const place = ({ middle, half }) => ({
  read(text) {
    const numbers = /^-?\d(\.\d{1,2})?,-?\d(\.\d{1,2})?$/.test(text) ? text.split(",").map(Number) : [];
    return numbers.length && numbers.every((value, k) => Math.abs(value - middle[k]) <= half) ? numbers : undefined;
  },
  write: (numbers) => numbers.join(","),
});

/** @type {(surface: string) => Fields} */
const fieldsOf = (surface) => ({
  start: place(SURFACES[surface]),
  noise: among(NOISES),
  seed: whole(1, 999_999_999),
  steps: among(STEPS),
  sgdRate: among(RATES),
  momentumRate: among(RATES),
  adamRate: among(RATES),
  momentum: among(SHARES),
  beta1: among(SHARES),
  beta2: among(LONG_SHARES),
});

/**
 * Gives the settings with which a surface is first seen.
 * @param {string} surface
 * @returns {Choices}
 */
export function usualOf(surface) {
  const { start, noise, rates } = SURFACES[surface];
  return { start: [...start], noise, seed: 1, steps: 200, momentum: 0.9, beta1: 0.9, beta2: 0.999, ...rates };
}

/**
 * Puts a place where a start may be: inside the picture, with two decimals.
 * @param {string} surface
 * @param {number[]} numbers
 * @returns {number[]}
 */
export function inside(surface, numbers) {
  const { middle, half } = SURFACES[surface];
  /** @type {(value: number, k: number) => number} */
  const kept = (value, k) => Math.max(middle[k] - half, Math.min(middle[k] + half, value));
  return numbers.map((value, k) => Math.round(100 * kept(value, k)) / 100 || 0);
}

/**
 * Writes settings as text.
 * @param {Settings} settings
 * @returns {string}
 */
export function encode({ surface, ...settings }) {
  const parameters = new URLSearchParams({ surface });
  for (const [name, text] of write(fieldsOf(surface), usualOf(surface), settings)) parameters.set(name, text);
  return asText(parameters);
}

/**
 * Reads settings.
 * @param {string} text
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} The names of what could not be read, and of
 *     what is no setting.
 */
export function decode(text) {
  const parameters = new URLSearchParams(text);
  const named = parameters.get("surface") ?? "valley";
  const surface = SURFACE.read(named) ?? "valley";
  const fields = fieldsOf(surface);
  const { settings, problems } = read(fields, usualOf(surface), parameters);
  const unknown = strangersIn(parameters, ["surface", ...Object.keys(fields)]);
  return { settings: { surface, ...settings }, problems: surface === named ? problems : ["surface", ...problems], unknown };
}
