/* The chosen picture: before and after, what was done, whether its label holds, and what the network says. */

import { element } from "../shared/dom.js";
import { Bars } from "./answers.js";
import { paint } from "./tiles.js";

/** @import { Picture } from "./pixels.js" */
/** @import { Rule } from "./samples.js" */

export class Chosen {
  constructor() {
    this.canvases = [0, 1].map(() => element("canvas", { role: "img" }));
    this.pair = element("div", { class: "pair" }, ...this.canvases);
    this.done = element("p", { class: "done" });
    this.bars = new Bars();
  }

  /**
   * Shows the picture as it is and as it was changed.
   * @param {number} number
   * @param {Picture[]} both
   * @param {string} words What was done.
   * @param {Rule[]} broken Why the label is in doubt.
   */
  show(number, both, words, broken) {
    const labels = ["The picture as it is.", `Picture ${number}: ${words}.`];
    this.canvases.forEach((canvas, k) => {
      paint(canvas, both[k]);
      canvas.setAttribute("aria-label", labels[k]);
    });
    this.done.replaceChildren(`${labels[1]} `, element("strong", {}, broken.map(({ text }) => text).join(" ")));
  }
}
