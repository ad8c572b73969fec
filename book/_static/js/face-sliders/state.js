/* Two faces and the way between them as text for a link, and back. */

import { asText, read, strangersIn, whole, write } from "../shared/state.js";
import { FARTHEST, LATENTS, padded } from "./positions.js";

/** @import { Field, Fields } from "../shared/state.js" */
/**
 * @typedef {object} Settings
 * @property {number[]} face Where the sliders of the first face stand, those that no control moves among them.
 * @property {number[]} other Where those of the second face stand.
 * @property {number} way From the first to the second, in percent.
 */

const POSITION = /^-?\d(\.\d)?$/;

/**
 * A face: a position for each slider; those left out at the end are 0.
 * @type {Field<number[]>}
 */
const FACE = {
  read(text) {
    const numbers = text.split(",").map((each) => (POSITION.test(each) ? Number(each) : Number.NaN));
    const areGood = numbers.length <= LATENTS && numbers.every((each) => Math.abs(each) <= FARTHEST);
    return areGood ? padded(numbers) : undefined;
  },
  write: (positions) => positions.slice(0, Math.max(1, positions.findLastIndex((each) => each !== 0) + 1)).join(","),
};
/** @type {Fields} */
const FIELDS = { face: FACE, other: FACE, way: whole(0, 100) };

/**
 * Writes settings as text, those that are not the usual ones.
 * @param {Settings} settings
 * @param {Settings} usual
 * @returns {string}
 */
export const encode = (settings, usual) => asText(write(FIELDS, usual, { ...settings }));

/**
 * Reads settings.
 * @param {string} text
 * @param {Settings} usual
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} The names of what could not be read, and of
 *     what is no setting.
 */
export function decode(text, usual) {
  const parameters = new URLSearchParams(text);
  return { ...read(FIELDS, { ...usual }, parameters), unknown: strangersIn(parameters, Object.keys(FIELDS)) };
}
