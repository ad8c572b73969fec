/* What of the feature maps a link holds, and back. */

import { among, asText, read, strangersIn, whole, write } from "../shared/state.js";
import { DIGITS, LAYERS } from "./inside.js";

/** @import { Fields } from "../shared/state.js" */
/**
 * The digit kept back that is shown, null for the reader's own; how far it is moved, in pixels; the layer and the map
 * looked at, from 1.
 * @typedef {{digit: number|null, right: number, down: number, layer: number, map: number}} Settings
 */

export const FARTHEST = 10; // pixels
const SHIFTS = Array.from({ length: 2 * FARTHEST + 1 }, (_, k) => k - FARTHEST);

/** @type {Settings} */
export const USUAL = { digit: null, right: 0, down: 0, layer: 1, map: 1 };

/** @type {Fields} */
const FIELDS = {
  digit: {
    read: (text) => whole(0, DIGITS - 1).read(text),
    write: (digit) => (digit === null ? "" : String(digit)),
  },
  right: among(SHIFTS),
  down: among(SHIFTS),
  layer: whole(1, LAYERS.length),
  map: whole(1, Math.max(...LAYERS.map(({ channels }) => channels))),
};

/**
 * Keeps a shift inside of what can be reached.
 * @param {number} pixels
 */
export const reachable = (pixels) => Math.max(-FARTHEST, Math.min(FARTHEST, pixels));

/**
 * Writes settings as text.
 * @param {Settings} settings
 * @returns {string}
 */
export const encode = (settings) => asText(write(FIELDS, USUAL, settings));

/**
 * Reads settings.
 * @param {string} text
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} The names of what could not be read, and of
 *     what is no setting.
 */
export function decode(text) {
  const parameters = new URLSearchParams(text);
  const { settings, problems } = read(FIELDS, USUAL, parameters);
  const unknown = strangersIn(parameters, Object.keys(FIELDS));
  const { channels } = LAYERS[settings.layer - 1];
  if (settings.map <= channels) return { settings, problems, unknown };
  return { settings: { ...settings, map: USUAL.map }, problems: [...problems, "map"], unknown };
}
