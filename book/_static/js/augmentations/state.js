/* The whole state as text for a link, and back; a picture of the reader is never part of it. */

import { among, asText, read, strangersIn, whole, write } from "../shared/state.js";
import { fitted } from "./draws.js";
import { SAMPLES } from "./samples.js";
import { NAMES, NEUTRAL, TRANSFORMS, rounded } from "./transforms.js";

/** @import { Field } from "../shared/state.js" */
/** @import { Amounts, Range, Strengths } from "./transforms.js" */
/**
 * `hand` are the amounts that the reader has set for the chosen picture, instead of those drawn for it.
 * @typedef {Strengths & {sample: string, fill: number, seed: number, chosen: number, hand: Amounts|null}} Settings
 */

/** How many changed pictures are shown. */
export const COUNT = 11;
export const FILLS = [0, 0.5, 1];
const MOST_SEED = 999_999_999;
const ORDERS = 24;

/** @type {Record<string, Strengths>} */
export const PRESETS = {
  gentle: {
    flip: 0.5, rotation: 10, shift: 0.05, zoom: 0.1, crop: 0, brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0, blur: 0, erasing: 0,
  },
  wild: {
    flip: 0.5, rotation: 90, shift: 0.2, zoom: 0.4, crop: 0.7, brightness: 0.6, contrast: 0.6, saturation: 0.8, hue: 0.5, blur: 3, erasing: 0.3,
  },
  none: {
    flip: 0, rotation: 0, shift: 0, zoom: 0, crop: 0, brightness: 0, contrast: 0, saturation: 0, hue: 0, blur: 0, erasing: 0,
  },
};

/** @type {Readonly<Settings>} */
export const USUAL = Object.freeze({ ...PRESETS.gentle, sample: "fish", fill: 1, seed: 1, chosen: 1, hand: null });

/**
 * A strength: one of those that its slider can take.
 * @param {keyof Strengths} name
 * @returns {Field<number>}
 */
function strength(name) {
  const { most, step } = TRANSFORMS[name];
  return among(Array.from({ length: Math.round(most / step) + 1 }, (_, k) => rounded(k * step, 2)));
}

/** @type {Range} */
const ORDER = { label: "", least: 0, most: ORDERS - 1, step: 1 };
/** What each amount can be at most. @type {Record<string, Range>} */
const LIMITS = Object.assign({ order: ORDER }, ...NAMES.map((name) => TRANSFORMS[name].byHand(TRANSFORMS[name].most)));
const WIDER = new Set(["sigma", "cropHeight", "cropWidth"]); // these are also left out: 0, or the whole

/**
 * All amounts of one picture, in a fixed order.
 * @type {Field<Amounts|null>}
 */
const hand = {
  read(text) {
    const numbers = text.split(",").map((part) => (/^-?\d{1,3}(\.\d{1,2})?$/.test(part) ? Number(part) : NaN));
    const names = /** @type {(keyof Amounts)[]} */ (Object.keys(NEUTRAL));
    const isGood = numbers.length === names.length && names.every((name, k) => {
      const { least, most, step } = LIMITS[name];
      const isInside = numbers[k] >= least && numbers[k] <= most && (step < 1 || Number.isInteger(numbers[k]));
      return isInside || (WIDER.has(name) && numbers[k] === NEUTRAL[name]);
    });
    if (!isGood) return undefined;
    return fitted(/** @type {Amounts} */ (Object.fromEntries(names.map((name, k) => [name, numbers[k]]))));
  },
  write: (amounts) => (amounts ? Object.keys(NEUTRAL).map((name) => amounts[/** @type {keyof Amounts} */ (name)]).join(",") : ""),
};

const FIELDS = {
  sample: among(Object.keys(SAMPLES)),
  ...Object.fromEntries(NAMES.map((name) => [name, strength(name)])),
  fill: among(FILLS),
  seed: whole(1, MOST_SEED),
  chosen: whole(1, COUNT),
  hand,
};

/** @type {(seed: number) => number} */
export const nextSeed = (seed) => (seed % MOST_SEED) + 1;

/**
 * Writes settings as text.
 * @param {Settings} settings
 * @returns {string}
 */
export const encode = (settings) => asText(write(FIELDS, USUAL, settings));

/**
 * Reads settings.
 * @param {string} text
 * @returns {{settings: Settings, problems: string[], unknown: string[]}}
 */
export function decode(text) {
  const parameters = new URLSearchParams(text);
  const { settings, problems } = read(FIELDS, { ...USUAL }, parameters);
  return { settings, problems, unknown: strangersIn(parameters, Object.keys(FIELDS)) };
}
