/* Settings as text for a link, and back. Bad text never does harm: what cannot be read takes its usual
   value, and is named. */

/** A setting that is one of some values. */
export const among = (values) => ({
  read: (text) => values.find((value) => String(value) === text),
  write: String,
});

/** A setting that is a whole number. */
export const whole = (least, most) => ({
  read: (text) => (/^\d{1,9}$/.test(text) && +text >= least && +text <= most ? +text : undefined),
  write: String,
});

/** A setting that is a list of others. */
export const list = (one, most) => ({
  read(text) {
    const values = text ? text.split(",").map(one.read) : [];
    return values.length <= most && !values.includes(undefined) ? values : undefined;
  },
  write: (values) => values.join(","),
});

/**
 * Writes the settings that are not the usual ones.
 * @param {object} fields How each setting is read and written.
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

/** Gives the text of a link; commas stay readable. */
export const asText = (parameters) => parameters.toString().replaceAll("%2C", ",");

/**
 * Reads settings.
 * @param {URLSearchParams} parameters
 * @returns {{settings: object, problems: string[]}} All settings, and the names of those that could not be read.
 */
export function read(fields, usual, parameters) {
  const settings = structuredClone(usual);
  const problems = [];
  for (const [name, field] of Object.entries(fields)) {
    if (!parameters.has(name)) continue;
    const value = field.read(parameters.get(name));
    if (value === undefined) problems.push(name);
    else settings[name] = value;
  }
  return { settings, problems };
}
