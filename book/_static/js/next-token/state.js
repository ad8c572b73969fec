/* What is written and how, as text for a link, and back. */

import { among, asText, list, read, strangersIn, whole, write } from "../shared/state.js";

/** @import { Field, Fields } from "../shared/state.js" */
/** @typedef {"write"|"read"} Task */
/**
 * @typedef {object} Settings
 * @property {Task} task What the net does.
 * @property {string} text The beginning that it goes on with.
 * @property {number[]} added The tokens that came after it.
 * @property {number} temperature
 * @property {number} k Tokens that top-k leaves.
 * @property {number} p Share that top-p leaves.
 * @property {number} seed Of chance.
 * @property {string} own The text that it reads.
 */

/** @type {Task[]} */
export const TASKS = ["write", "read"];
export const MOST_LETTERS = 1000;
export const MOST_WRITTEN = 400; // tokens
export const MOST_SEED = 999_999;
export const ALL = 1024; // tokens

/** What the three settings can be. */
export const LIMITS = {
  temperature: { least: 0.01, most: 5 },
  k: { least: 1, most: ALL },
  p: { least: 0.01, most: 1 },
};

/** @type {Settings} */
export const USUAL = {
  task: "write",
  text: "Captain Wentworth was",
  added: [],
  temperature: 1,
  k: ALL,
  p: 1,
  seed: 3,
  own: "The train to London is late, and my phone is dead.",
};

/**
 * A setting with at most two decimals.
 * @param {{least: number, most: number}} limits
 * @returns {Field<number>}
 */
const decimal = ({ least, most }) => ({
  read: (text) => (/^\d(\.\d{1,2})?$/.test(text) && +text >= least && +text <= most ? +text : undefined),
  write: String,
});

/* Signs that a link gives another meaning, see `shared/address.js`; in a text their number stands for them. */
const SIGNS = /[?&=,;*]/g;
const NUMBERS = /\*(3f|26|3d|2c|3b|2a)\*/g;

/** @type {Field<string>} */
const words = {
  read(text) {
    const hasOthers = text.replace(NUMBERS, "").includes("*");
    const found = text.replace(NUMBERS, (_, number) => String.fromCharCode(parseInt(number, 16)));
    return hasOthers || found.length > MOST_LETTERS ? undefined : found;
  },
  write: (text) => text.replace(SIGNS, (sign) => `*${sign.charCodeAt(0).toString(16)}*`),
};

/** @type {Fields} */
const FIELDS = {
  task: among(TASKS),
  text: words,
  added: list(whole(0, ALL - 1), MOST_WRITTEN),
  temperature: decimal(LIMITS.temperature),
  k: whole(LIMITS.k.least, LIMITS.k.most),
  p: decimal(LIMITS.p),
  seed: whole(0, MOST_SEED),
  own: words,
};

/**
 * Writes settings as text, those that are not the usual ones.
 * @param {Settings} settings
 */
export const encode = (settings) => asText(write(FIELDS, USUAL, { ...settings }));

/**
 * Reads settings.
 * @param {string} text
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} The names of what could not be read, and of
 *     what is no setting.
 */
export function decode(text) {
  const parameters = new URLSearchParams(text);
  return { ...read(FIELDS, USUAL, parameters), unknown: strangersIn(parameters, Object.keys(FIELDS)) };
}
