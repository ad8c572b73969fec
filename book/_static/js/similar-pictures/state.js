/* What is asked, as text for a link, and back. */

import { among, asText, read, strangersIn, write } from "../shared/state.js";

/** @import { Fields } from "../shared/state.js" */
/** @import { Collection } from "./collection.js" */
/** @typedef {{thing: string, style: string, among: string, same: boolean}} Settings */

const USUAL_THING = "cat";

/** @type {(collection: Collection) => Fields} */
const fieldsOf = ({ names, styles }) => ({
  thing: among(names), style: among(styles), among: among(["others", "all"]), same: among([true, false]),
});

/**
 * Gives what is asked first.
 * @param {Collection} collection
 * @returns {Settings}
 */
const usualOf = ({ names, styles }) => ({
  thing: names.includes(USUAL_THING) ? USUAL_THING : names[0], style: styles[0], among: "others", same: true,
});

/**
 * Writes what is asked as text.
 * @param {Collection} collection
 * @param {Settings} settings
 * @returns {string}
 */
export function encode(collection, settings) {
  const parameters = new URLSearchParams({ thing: settings.thing });
  for (const [name, text] of write(fieldsOf(collection), usualOf(collection), settings)) parameters.set(name, text);
  return asText(parameters);
}

/**
 * Reads what is asked.
 * @param {Collection} collection
 * @param {string} text
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} With the names of what could not be read, and
 *     of what nobody asks about.
 */
export function decode(collection, text) {
  const parameters = new URLSearchParams(text);
  const fields = fieldsOf(collection);
  const { settings, problems } = read(fields, usualOf(collection), parameters);
  return { settings, problems, unknown: strangersIn(parameters, Object.keys(fields)) };
}
