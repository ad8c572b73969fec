/* The picture as it is and its changed ones, side by side, each with what the network says. */

import { button, element } from "../shared/dom.js";
import { contextOf } from "../shared/drawing.js";
import { answerOf, percent } from "./answers.js";
import { toBytes } from "./pixels.js";

/** @import { Picture } from "./pixels.js" */

/**
 * Puts a picture on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 */
export function paint(canvas, picture) {
  const { side } = picture;
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
  contextOf(canvas).putImageData(new ImageData(toBytes(picture), side, side), 0, 0);
}

/** One picture with its words; a changed one can be chosen. */
class Tile {
  /** @param {(() => void)|null} choose */
  constructor(choose) {
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.answer = element("span", { class: "answer" });
    this.doubt = element("span", { class: "doubt" });
    /** @type {[HTMLElement, HTMLElement, HTMLElement]} */
    const parts = [this.canvas, this.answer, this.doubt];
    if (choose) {
      this.node = button("", choose, { class: "draw", "aria-pressed": "false" });
      this.node.append(...parts);
    } else {
      this.node = element("div", { class: "original", role: "img" }, ...parts);
    }
  }
}

export class Tiles {
  /**
   * @param {number} count Of changed pictures.
   * @param {(number: number) => void} choose Told the number of the picture that the reader takes, from 1 on.
   */
  constructor(count, choose) {
    this.tiles = Array.from({ length: count + 1 }, (_, number) => new Tile(number ? () => choose(number) : null));
    this.grid = element("div", { class: "tiles" }, ...this.tiles.map(({ node }) => node));
  }

  /**
   * Shows pictures, the first as it is.
   * @param {Picture[]} pictures
   */
  paint(pictures) {
    pictures.forEach((picture, number) => paint(this.tiles[number].canvas, picture));
  }

  /**
   * Says of each picture what was done, what the network says, and whether the label is in doubt.
   * @param {number} chosen
   * @param {{words: string, answer: number[]|undefined, isDoubtful: boolean}[]} told The first of the picture as it is.
   */
  tell(chosen, told) {
    const own = told[0].answer && answerOf(told[0].answer).kind;
    told.forEach(({ words, answer, isDoubtful }, number) => {
      const tile = this.tiles[number];
      const said = answer && answerOf(answer);
      const isOther = Boolean(own && said && said.kind !== own);
      tile.answer.textContent = said ? `${isOther ? "≠ " : ""}${said.kind} ${percent(said.probability)}` : number ? "" : "as it is";
      tile.doubt.textContent = isDoubtful ? "label?" : "";
      tile.node.classList.toggle("other", isOther);
      const parts = [
        number ? `Picture ${number}: ${words}.` : "The picture as it is.",
        said ? `The network says ${said.kind}, ${percent(said.probability)}${isOther ? ", another answer" : ""}.` : "",
        isDoubtful ? "Look whether it has still the same label." : "",
      ];
      tile.node.setAttribute("aria-label", parts.filter(Boolean).join(" "));
      if (number) tile.node.setAttribute("aria-pressed", String(number === chosen));
    });
  }
}
