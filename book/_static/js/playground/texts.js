/* One line of text that others will read. The rule is the checker's, `is_shown` of academy.foreign: without
   it a hand-in that the page hands out would be refused. */

export const LONGEST = 80; // characters as Python counts them, of a network's name and its author's
const SHOWN = /^(?:[ \u200c\u200d]|[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{Noncharacter_Code_Point}])$/u;

/**
 * Tells whether a character is seen where it stands; joiners of emoji and of Persian letters count.
 * @param {string} character
 * @returns {boolean}
 */
export const isShown = (character) => SHOWN.test(character);

/**
 * Gives a text as one line: without blanks and joiners at its ends, any white space inside as one blank.
 * @param {string} text
 * @returns {string}
 */
export const lineOf = (text) => text.replace(/\s+/g, " ").replace(/^[ \u200c\u200d]+|[ \u200c\u200d]+$/g, "");

/**
 * Says what is wrong with a name; nothing if it can be handed in.
 * @param {string} name
 * @returns {string}
 */
export function whatIsWrong(name) {
  const characters = [...name];
  if (characters.length > LONGEST) {
    return `This name has ${characters.length} characters, and a hand-in takes ${LONGEST}. Shorten it.`;
  }
  const place = characters.findIndex((each) => !isShown(each));
  if (place < 0) return "";
  const code = Number(characters[place].codePointAt(0)).toString(16).toUpperCase().padStart(4, "0");
  return `Character ${place + 1} of this name (U+${code}) is one that others would not see. Delete it there, or type the name anew.`;
}
