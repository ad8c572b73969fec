/* The net reads the reader's own text, and says how surprised it is at each token. */

import { percent } from "../shared/answers.js";
import { button, element } from "../shared/dom.js";
import { PERPLEXITY } from "./branches.js";
import { changesOf, fitted } from "./letters.js";
import { MOST_LETTERS, USUAL } from "./state.js";
import { Strip } from "./strip.js";

/** @import { Surprise } from "./gpt.js" */
/** @import { Desk } from "./main.js" */
/** @typedef {{token: number, character: number}} Judged Bits a token, and a character. */

const TEXTS = [
  USUAL.own,
  "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.",
  "A wife of want in be must, fortune good a of possession in man single a that, acknowledged universally truth a is it.",
];
const HEADS = ["Text", "Bits a token", "Perplexity", "Bits a character"];

/** @param {number} number */
const fixed = (number) => number.toFixed(2);

export class Reader {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.turn = {};
    const id = "next-token-own";
    /** @type {HTMLTextAreaElement} */
    this.field = element("textarea", {
      id, rows: 3, maxlength: MOST_LETTERS, spellcheck: "false", input: () => this.take(this.field.value),
    });
    this.note = element("p", { class: "note" });
    this.strip = new Strip();
    this.own = element("tr", {});
    const { title, token, character } = desk.judged;
    this.panel = element(
      "div", { class: "task" },
      element("div", { class: "field" }, element("label", { for: id }, "A text of your own, in English"), this.field),
      element(
        "div", { class: "row examples", role: "group", "aria-label": "Examples of texts" },
        button("Read it", () => this.look(), { class: "play" }),
        ...["today", "Jane Austen", "backward"].map((name, n) => button(name, () => this.take(TEXTS[n]))),
      ),
      this.note,
      this.strip.list,
      this.strip.detail,
      element("p", { class: "note" }, `The stronger the color and the thicker the line, the more bits: −log₂ of the probability that the net gave to the token. ${PERPLEXITY}`),
      element(
        "table", {},
        element("caption", {}, "How surprised the net is"),
        element("thead", {}, element("tr", {}, ...HEADS.map((text) => element("th", { scope: "col" }, text)))),
        element("tbody", {}, this.own, rowOf(`${title}, its validation`, { token, character })),
      ),
    );
    this.fill(null);
  }

  /** @param {string} own */
  take(own) {
    this.desk.change({ own });
    this.look();
  }

  /** Shows all that needs no net. */
  show() {
    const { own } = this.desk.settings;
    if (this.field.value !== own) this.field.value = own;
    this.note.textContent = changesOf(fitted(own, this.desk.letters));
  }

  /** Has the text read. */
  async look() {
    const turn = (this.turn = {});
    const { settings: { own }, letters, pairs, gpt, say } = this.desk;
    const { text } = fitted(own, letters);
    const ids = pairs.encode(text);
    if (!(await this.desk.ready())) return;
    await gpt.last; // of texts that are typed meanwhile the last one counts
    if (turn !== this.turn) return;
    const surprises = await gpt.surprises(ids);
    if (turn !== this.turn) return;
    this.strip.show(surprises.map((surprise, n) => this.described(surprise, ids[n])));
    const bits = surprises.reduce((sum, each) => sum + each.bits, 0);
    const judged = ids.length ? { token: bits / ids.length, character: bits / text.length } : null;
    this.fill(judged);
    say(judged ? `${ids.length} tokens: ${fixed(judged.token)} bits a token on average.` : "There is nothing to read yet: type something.");
  }

  /**
   * @param {Surprise} surprise
   * @param {number} id
   */
  described({ bits, likeliest, share }, id) {
    const { pairs } = this.desk;
    const other = likeliest === id ? "no token was likelier" : `likeliest was ${pairs.wordsOf(likeliest)} with ${percent(share)}`;
    const said = `${pairs.wordsOf(id)}: ${bits.toFixed(1)} bits, probability ${written(2 ** -bits)}; ${other}.`;
    return { text: pairs.decode([id]), bits, said };
  }

  /** @param {Judged|null} judged */
  fill(judged) {
    this.own.replaceChildren(...rowOf("Your text", judged).children);
  }
}

/**
 * Writes a probability, also a small one.
 * @param {number} probability
 */
const written = (probability) => (probability < 0.001 ? "below 0.1%" : percent(probability));

/**
 * @param {string} name
 * @param {Judged|null} judged
 */
function rowOf(name, judged) {
  const numbers = judged ? [fixed(judged.token), (2 ** judged.token).toFixed(0), fixed(judged.character)] : ["–", "–", "–"];
  return element("tr", {}, element("th", { scope: "row" }, name), ...numbers.map((text) => element("td", {}, text)));
}
