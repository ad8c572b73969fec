/* The amounts of the chosen picture, each with a slider inside the range that it is drawn from. */

import { element } from "../shared/dom.js";
import { Slider } from "./sliders.js";
import { NAMES, TRANSFORMS } from "./transforms.js";

/** @import { Amounts, Range, Strengths } from "./transforms.js" */

export class Hand {
  /** @param {(amounts: Amounts, isLast: boolean) => void} move Told all amounts, and whether the reader let go. */
  constructor(move) {
    this.move = move;
    this.fields = element("div", { class: "sliders" });
    this.ranges = "";
    /** @type {Partial<Record<keyof Amounts, Slider>>} */
    this.sliders = {};
    /** @type {Amounts|null} */
    this.amounts = null;
  }

  /**
   * Shows the amounts that the strengths leave open.
   * @param {Strengths} strengths
   * @param {Amounts} amounts
   */
  show(strengths, amounts) {
    this.amounts = amounts;
    /** @type {Partial<Record<keyof Amounts, Range>>} */
    const open = Object.assign({}, ...NAMES.filter((name) => strengths[name]).map((name) => TRANSFORMS[name].byHand(strengths[name])));
    const ranges = /** @type {[keyof Amounts, Range][]} */ (Object.entries(open));
    this.make(ranges);
    for (const [name] of ranges) this.sliders[name]?.show(amounts[name], String(amounts[name]));
  }

  /**
   * Makes the sliders, unless they are there: one that the reader holds must stay.
   * @param {[keyof Amounts, Range][]} ranges
   */
  make(ranges) {
    const text = JSON.stringify(ranges);
    if (text === this.ranges) return;
    this.ranges = text;
    this.sliders = Object.fromEntries(
      ranges.map(([name, range]) => [name, new Slider(range.label, range, (value, isLast) => this.set(name, value, isLast))]),
    );
    this.fields.replaceChildren(...Object.values(this.sliders).map(({ field }) => field));
    if (!ranges.length) this.fields.append("No transform is on: move a slider above.");
  }

  /**
   * @param {keyof Amounts} name
   * @param {number} value
   * @param {boolean} isLast
   */
  set(name, value, isLast) {
    if (!this.amounts) return;
    this.amounts = { ...this.amounts, [name]: value }; // the next slider may move before these are shown
    this.move(this.amounts, isLast);
  }
}
