/* The likeliest next tokens as bars; each is a button that takes it. */

import { percent } from "../shared/answers.js";
import { element } from "../shared/dom.js";
import { likeliest, softmax } from "./filters.js";

/** @import { BytePairs } from "./byte_pairs.js" */

const SHOWN = 10;
const WIDTHS = [0.05, 0.1, 0.25, 0.5, 1]; // probabilities that a whole bar may stand for
/** @type {(share: number) => string} */
const rounded = (share) => (share < 0.0005 ? "< 0.1%" : percent(share));

export class Candidates {
  /** @param {(id: number) => void} take Told of the token that is pressed. */
  constructor(take) {
    /** @type {number[]} */
    this.ids = [];
    this.isCurrent = false; // else what is shown is of another text, until the next
    this.rows = Array.from({ length: SHOWN }, (_, place) => {
      const [name, fill, own] = ["name", "fill", "own"].map((kind) => element("span", { class: kind }));
      const [raw, drawn] = [element("span", { class: "share" }, "–"), element("span", { class: "share" }, "–")];
      /** @type {HTMLButtonElement} */
      const row = element(
        "button", { type: "button", class: "candidate", disabled: true, click: () => this.isCurrent && take(this.ids[place]) },
        name, element("span", { class: "track" }, fill, own), raw, drawn,
      );
      return { row, name, fill, own, raw, drawn };
    });
    this.legend = element("p", { class: "note legend" });
    this.rest = element("p", { class: "note rest" });
    this.section = element(
      "section", { "aria-label": "What may come next" },
      element("p", { class: "title" }, "What may come next: press one to take it"),
      element(
        "p", { class: "heads", "aria-hidden": "true" },
        ...["token", "", "net", "drawn"].map((text) => element("span", {}, text)),
      ),
      element("ol", {}, ...this.rows.map(({ row }) => element("li", {}, row))),
      this.rest, this.legend,
    );
  }

  /**
   * Shows probabilities: those of the net, and those that a token is drawn with.
   * @param {BytePairs} pairs
   * @param {ArrayLike<number>} logits
   * @param {Float64Array} warm Probabilities at the temperature, before any is cut.
   * @param {Float64Array} chances After it.
   */
  show(pairs, logits, warm, chances) {
    const own = softmax(logits);
    this.isCurrent = true;
    this.ids = likeliest(own).slice(0, SHOWN);
    const most = Math.max(...this.ids.flatMap((id) => [own[id], warm[id], chances[id]]));
    const whole = WIDTHS.find((width) => width >= most) ?? 1;
    this.rows.forEach(({ row, name, fill, own: mark, raw, drawn }, place) => {
      const id = this.ids[place];
      const isCut = chances[id] === 0;
      row.disabled = false;
      row.classList.toggle("cut", isCut);
      name.textContent = pairs.nameOf(id);
      fill.style.width = `${(100 * (isCut ? warm[id] : chances[id])) / whole}%`;
      mark.style.left = `${(100 * own[id]) / whole}%`;
      raw.textContent = rounded(own[id]);
      drawn.textContent = isCut ? "cut" : rounded(chances[id]);
      const said = isCut ? "cut" : `drawn with ${rounded(chances[id])}`;
      row.setAttribute("aria-label", `${pairs.wordsOf(id)}: by the net ${rounded(own[id])}, ${said}`);
    });
    const count = chances.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0);
    const others = this.ids.reduce((rest, id) => rest - chances[id], 1);
    const hidden = others > 1e-9 ? `; those not shown have ${rounded(others)} together` : "";
    this.rest.textContent = `${count.toLocaleString("en")} of ${own.length.toLocaleString("en")} tokens may come${hidden}.`;
    this.legend.textContent = `A whole bar is ${100 * whole}%. Filled: its chance; hollow: cut; |: the net’s own; ␣: a space.`;
  }

  /** Takes no press until the next are shown: these are of another text. */
  wait() {
    this.isCurrent = false;
  }
}
