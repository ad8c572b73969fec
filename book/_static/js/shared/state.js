/* Settings as text for a link, and back. Bad text never does harm: what cannot be read takes its usual
   value, and is named. */

const MOST_NAMED = 5;
const LONGEST_NAME = 20; // characters of a name that comes with a link

/**
 * How a setting is read and written.
 * @template T
 * @typedef {{read: (text: string) => T|undefined, write: (value: T) => string}} Field
 */
/** @typedef {Record<string, Field<any>>} Fields Of any types: each setting has its own. */

/**
 * A setting that is one of some values.
 * @template T
 * @param {T[]} values
 * @returns {Field<T>}
 */
export const among = (values) => ({
  read: (text) => values.find((value) => String(value) === text),
  write: String,
});

/**
 * A setting that is a whole number.
 * @param {number} least
 * @param {number} most
 * @returns {Field<number>}
 */
export const whole = (least, most) => ({
  read: (text) => (/^\d{1,9}$/.test(text) && +text >= least && +text <= most ? +text : undefined),
  write: String,
});

/**
 * A setting that is a list of others.
 * @template T
 * @param {Field<T>} one
 * @param {number} most How many it may hold.
 * @returns {Field<T[]>}
 */
export const list = (one, most) => ({
  read(text) {
    const values = text ? text.split(",").map(one.read) : [];
    const known = values.filter((value) => value !== undefined);
    return values.length <= most && known.length === values.length ? known : undefined;
  },
  write: (values) => values.join(","),
});

/**
 * Writes the settings that are not the usual ones.
 * @param {Fields} fields
 * @param {Record<string, unknown>} usual
 * @param {Record<string, unknown>} settings
 * @returns {URLSearchParams}
 */
export function write(fields, usual, settings) {
  const parameters = new URLSearchParams();
  for (const [name, field] of Object.entries(fields)) {
    const text = field.write(settings[name]);
    if (text !== field.write(usual[name])) parameters.set(name, text);
  }
  return parameters;
}

/**
 * Gives the text of a link; commas stay readable.
 * @param {URLSearchParams} parameters
 * @returns {string}
 */
export const asText = (parameters) => parameters.toString().replaceAll("%2C", ",");

/**
 * Names what a link says that nobody asks about.
 * @param {URLSearchParams} parameters
 * @param {string[]} known
 * @returns {string[]}
 */
export const strangersIn = (parameters, known) => [...new Set(parameters.keys())].filter((name) => !known.includes(name));

/**
 * Says what of a link was not taken; nothing where all was.
 * @param {string[]} unreadable Names of what could not be read.
 * @param {string[]} unknown Names that nobody asks about.
 * @param {string} reader Who does not know them.
 * @returns {string}
 */
export function troubleOf(unreadable, unknown, reader) {
  /** @param {string[]} names */
  const listed = (names) => names.slice(0, MOST_NAMED).map((name) => name.slice(0, LONGEST_NAME)).join(" and ");
  const sentences = [];
  if (unreadable.length) sentences.push(`The link says something about ${listed(unreadable)} that cannot be read; the usual is taken.`);
  if (unknown.length) sentences.push(`The link names ${listed(unknown)}, which ${reader} does not know; it may be cut off or misspelled.`);
  return sentences.join(" ");
}

/**
 * Reads settings.
 * @template {Record<string, unknown>} Settings
 * @param {Fields} fields
 * @param {Settings} usual
 * @param {URLSearchParams} parameters
 * @returns {{settings: Settings, problems: string[]}} All settings, and the names of those that could not be read.
 */
export function read(fields, usual, parameters) {
  /** @type {Record<string, unknown>} */
  const settings = structuredClone(usual);
  const problems = [];
  for (const [name, field] of Object.entries(fields)) {
    const text = parameters.get(name);
    if (text === null) continue;
    const value = field.read(text);
    if (value === undefined) problems.push(name);
    else settings[name] = value;
  }
  return { settings: /** @type {Settings} */ (settings), problems };
}
