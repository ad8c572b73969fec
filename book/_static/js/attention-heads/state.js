/* What of the heads a link holds, and back. */

import { asText, read, strangersIn, whole, write } from "../shared/state.js";
import { EXAMPLES } from "./examples.js";
import { HEADS, LAYERS, MOST_PIECES } from "./seen.js";

/** @import { Fields } from "../shared/state.js" */
/** @typedef {{text: string, layer: number, head: number, piece: number}} Settings All numbers from 1. */

export const LONGEST = 300; // characters of a sentence

/* What an address uses for itself, and our own sign for it. */
const RESERVED = /[~&=%+#]/g;
const WRITTEN = /~([0-9a-f]{2})/g;
/** @type {(sign: string) => string} */
const codeOf = (sign) => `~${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;

/** @type {Settings} */
export const USUAL = { text: EXAMPLES[0], layer: 4, head: 2, piece: 11 };

/** @type {Fields} */
const FIELDS = {
  text: {
    read(written) {
      const text = written.replace(WRITTEN, (_, code) => String.fromCharCode(parseInt(code, 16))).trim();
      return text && text.length <= LONGEST ? text : undefined;
    },
    write: (text) => text.replace(RESERVED, codeOf),
  },
  layer: whole(1, LAYERS),
  head: whole(1, HEADS),
  piece: whole(1, MOST_PIECES + 2),
};

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
  return { settings, problems, unknown: strangersIn(parameters, Object.keys(FIELDS)) };
}
