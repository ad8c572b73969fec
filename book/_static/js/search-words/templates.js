/* Words put into sentences, as the chapter does it. */

import { ensemble } from "./vectors.js";

/** @import { Texts } from "./texts.js" */

export const AVERAGED = "all";
const ARTICLE = /^(?:a|an|the)\s+(?=\S)/i;

/**
 * Puts words into a template, with the article that they need: “a {}” becomes “an animal”.
 * @param {string} template
 * @param {string} words
 */
export const filled = (template, words) => template.replace("{}", () => words).replace(/\ba (?=[aeiou])/g, "an ");

/**
 * Puts words into a template; an article before them goes, since the template has its own.
 * @param {string} template
 * @param {string} words
 */
export const worded = (template, words) => (template === "{}" ? words : filled(template, words.replace(ARTICLE, "")));

/**
 * Gives a unit vector of each of some words, in one template or in the mean of all.
 * @param {Texts} texts
 * @param {string[]} words
 * @param {string[]} templates
 */
export async function classVectors(texts, words, templates) {
  const vectors = await texts.vectorsOf(words.flatMap((each) => templates.map((template) => worded(template, each))));
  return words.map((_, n) => ensemble(vectors.slice(n * templates.length, (n + 1) * templates.length)));
}

/**
 * Reads names of classes: separated by commas, or one a line; each once.
 * @param {string} text
 * @returns {string[]}
 */
export const namesIn = (text) => [...new Set(text.split(/[,;\n]/).map((name) => name.split(/\s+/u).join(" ").trim()).filter(Boolean))];
