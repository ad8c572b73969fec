/* Texts that the reader keeps beside each other, and how likely the net finds what came after their beginning. */

import { button, element } from "../shared/dom.js";

/** @typedef {{text: string, added: number[]}} Written A beginning, and the tokens that came after it. */
/** @typedef {{written: Written, continuation: string, bits: number}} Branch What came after as text, and its surprise. */

const MOST = 4;
const LETTERS = "ABCD";
const SHOWN = 60; // letters of a beginning
const DIGITS = /** @type {const} */ ({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const PERPLEXITY = "Perplexity: as if so many tokens were equally likely each time, 2 to the power of the mean bits.";

/**
 * Says how likely a continuation is: the logarithm of its probability, and the perplexity of its tokens.
 * @param {number} count Of its tokens.
 * @param {number} bits Its surprise.
 */
export function likelihood(count, bits) {
  if (!count) return "Nothing is written yet.";
  const perplexity = (2 ** (bits / count)).toLocaleString("en", DIGITS);
  const logarithm = (bits * Math.LN2).toLocaleString("en", DIGITS);
  return `${count} token${count > 1 ? "s" : ""}, log p = −${logarithm}, perplexity ${perplexity}`;
}

/** @type {(one: Written, other: Written) => boolean} */
const isSame = (one, other) => one.text === other.text && one.added.join() === other.added.join();

export class Branches {
  /**
   * @param {(written: Written) => void} goOn Told of the text that is to be the present one.
   * @param {(text: string) => void} say
   */
  constructor(goOn, say) {
    this.goOn = goOn;
    this.say = say;
    /** @type {(Branch & {letter: string})[]} */
    this.kept = [];
    this.list = element("ul", { class: "branches" });
    this.section = element(
      "section", { "aria-label": "Branches", hidden: true }, element("p", { class: "title" }, "Branches"), this.list,
    );
  }

  /**
   * Keeps a text, if there is room.
   * @param {Branch} branch
   */
  keep(branch) {
    const known = this.kept.find(({ written }) => isSame(written, branch.written));
    if (known) return this.say(`That is branch ${known.letter} already.`);
    if (this.kept.length === MOST) return this.say(`${MOST} branches are kept. Remove one first.`);
    const letter = [...LETTERS].find((each) => this.kept.every((other) => other.letter !== each)) ?? "";
    this.kept.push({ ...branch, letter });
    this.draw();
    this.say(`Branch ${letter} is kept. Undo some tokens, and write on another way.`);
  }

  /** @param {string} letter */
  remove(letter) {
    this.kept = this.kept.filter((each) => each.letter !== letter);
    this.draw();
    this.say(`Branch ${letter} is removed.`);
  }

  draw() {
    this.section.hidden = !this.kept.length;
    const least = Math.min(...this.kept.map(({ bits, written: { added } }) => bits / added.length));
    this.list.replaceChildren(
      ...this.kept.map(({ letter, written, continuation, bits }) => {
        const { text, added } = written;
        const isLikeliest = this.kept.length > 1 && bits / added.length === least;
        return element(
          "li", {},
          element("p", { class: "title" }, `${letter}${isLikeliest ? ": the lowest perplexity" : ""}`),
          element(
            "p", { class: "kept", tabindex: 0, role: "group", "aria-label": `Text of branch ${letter}` },
            text.length > SHOWN ? `… ${text.slice(-SHOWN)}` : text, element("span", { class: "drawn" }, continuation),
          ),
          element("p", { class: "note" }, likelihood(added.length, bits)),
          element(
            "div", { class: "row" },
            button("Go on here", () => this.goOn(written), { "aria-label": `Go on with branch ${letter}` }),
            button("Remove", () => this.remove(letter), { "aria-label": `Remove branch ${letter}` }),
          ),
        );
      }),
    );
  }
}
