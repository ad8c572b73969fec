/* What the reader has asked, as text for a link, and back. */

import { among, asText, read, strangersIn, write } from "../shared/state.js";
import { AVERAGED } from "./templates.js";
import { oneLine } from "./texts.js";

/** @import { Field, Fields } from "../shared/state.js" */
/** @import { Catalogue } from "./catalogue.js" */
/** @typedef {"cosines"|"row"|"column"} Numbers */
/**
 * @typedef {object} Settings
 * @property {string} words What is searched for.
 * @property {string} without What is taken away.
 * @property {string} style Of all pictures.
 * @property {"unseen"|"all"} among Which pictures may be found.
 * @property {string[]} pictures Names, of the rows of the table.
 * @property {string[]} sentences Of its columns.
 * @property {Numbers} numbers What stands in the table.
 * @property {string} scale What cosines are multiplied by: "learned" or a number.
 * @property {string} picture Name of the one that is classified.
 * @property {string} classes As the reader wrote them.
 * @property {string} template Its place among the templates, or "all".
 */

export const SIDE_OF_TABLE = 4;
export const SCALES = ["learned", "1", "20", "100"];
/** @type {Numbers[]} */
export const NUMBERS = ["cosines", "row", "column"];
const SPECIAL = /[^A-Za-z0-9 .-]/gu; // what mail programs may encode in a link, once or twice
const WRITTEN = /\*([0-9a-f]+)_/g;
const BETWEEN = "**";

/** @type {Settings} */
export const USUAL = {
  words: "sea creatures",
  without: "",
  style: "Fluent",
  among: "unseen",
  pictures: ["whale", "tram", "ice cream", "person swimming"],
  sentences: ["an animal in the sea", "a way to travel", "something sweet to eat", "a sport"],
  numbers: "cosines",
  scale: "learned",
  picture: "whale",
  classes: "animal, food, vehicle, sport",
  template: "0",
};

/** @param {string} text */
const escaped = (text) => text.replace(SPECIAL, (sign) => `*${sign.codePointAt(0)?.toString(16)}_`);

/**
 * @param {string} text
 * @returns {string}
 */
const unescaped = (text) => text.replace(WRITTEN, (_, code) => String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff)));

/** @type {Field<string>} */
const freely = { read: (text) => oneLine(unescaped(text)), write: escaped };

/**
 * As many texts as the table has on a side.
 * @param {Field<string>} one
 * @returns {Field<string[]>}
 */
const four = (one) => ({
  read(text) {
    const values = text.split(BETWEEN).map(one.read);
    const known = values.filter((value) => value !== undefined);
    return values.length === SIDE_OF_TABLE && known.length === values.length ? known : undefined;
  },
  write: (values) => values.map(one.write).join(BETWEEN),
});

/** @type {(catalogue: Catalogue, templates: string[]) => Fields} */
const fieldsOf = ({ names, styles }, templates) => ({
  words: freely,
  without: freely,
  style: among(styles),
  among: among(["unseen", "all"]),
  pictures: four(among(names)),
  sentences: four(freely),
  numbers: among(NUMBERS),
  scale: among(SCALES),
  picture: among(names),
  classes: freely,
  template: among([...templates.keys(), AVERAGED].map(String)),
});

/**
 * Gives what is asked first of a catalogue.
 * @param {Catalogue} catalogue
 * @returns {Settings}
 */
export function usualOf({ names, styles }) {
  /** @type {(name: string, place: number) => string} */
  const known = (name, place) => (names.includes(name) ? name : names[place % names.length]);
  return {
    ...USUAL, pictures: USUAL.pictures.map(known), picture: known(USUAL.picture, 0),
    style: styles.includes(USUAL.style) ? USUAL.style : styles[0],
  };
}

/**
 * Writes what is asked as text; the words searched for always, so that no link is empty.
 * @param {Catalogue} catalogue
 * @param {string[]} templates
 * @param {Settings} settings
 * @returns {string}
 */
export function encode(catalogue, templates, settings) {
  const parameters = new URLSearchParams({ words: freely.write(settings.words) });
  const written = write(fieldsOf(catalogue, templates), usualOf(catalogue), settings);
  for (const [name, text] of written) parameters.set(name, text);
  return asText(parameters);
}

/**
 * Reads what is asked.
 * @param {Catalogue} catalogue
 * @param {string[]} templates
 * @param {string} text
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} With the names of what could not be read, and
 *     of what nobody asks about.
 */
export function decode(catalogue, templates, text) {
  const parameters = new URLSearchParams(text);
  const fields = fieldsOf(catalogue, templates);
  const { settings, problems } = read(fields, usualOf(catalogue), parameters);
  return { settings, problems, unknown: strangersIn(parameters, Object.keys(fields)) };
}
