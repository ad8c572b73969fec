/* The answer at each shift, as a square of digits: the middle of it is the digit in the middle. */

import { answerOf, probabilitiesOf } from "../shared/answers.js";
import { element } from "../shared/dom.js";
import { sharp } from "../shared/drawing.js";
import { shifted } from "../shared/preparing.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Pixels } from "../shared/preparing.js" */
/** @import { Inside } from "./inside.js" */

export const REACH = 6; // pixels in each direction
const SIDE = 2 * REACH + 1;
const OFFSETS = Array.from({ length: SIDE }, (_, k) => k - REACH);

/** @typedef {(images: Pixels[]) => Promise<Inside[]>} Read */

/**
 * Gives the digits that are read at all shifts, row by row; null when nobody waits for them any more.
 * @param {Pixels} image
 * @param {Read} read
 * @param {() => boolean} isAwaited
 * @returns {Promise<number[]|null>}
 */
export async function answersAround(image, read, isAwaited) {
  const answers = [];
  for (const down of OFFSETS) {
    if (!isAwaited()) return null;
    const row = await read(OFFSETS.map((right) => shifted(image, down, right)));
    answers.push(...row.map(({ logits }) => answerOf(probabilitiesOf(logits)[0]).digit));
    await new Promise((resolve) => setTimeout(resolve)); // the pen goes first
  }
  return answers;
}

/**
 * Says at how many shifts which answers are given, the most frequent of the others first.
 * @param {number[]} answers
 */
export function summary(answers) {
  const own = answers[(answers.length - 1) / 2];
  const counts = new Map();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const stays = counts.get(own);
  counts.delete(own);
  const others = [...counts].sort(([, a], [, b]) => b - a).map(([digit, count]) => `${digit} at ${count}`);
  const start = `The answer stays ${own} at ${stays} of ${answers.length} shifts by up to ${REACH} pixels`;
  return others.length ? `${start}; it is ${others.join(", ")}.` : `${start}.`;
}

export class Shifts {
  /** @param {(right: number, down: number) => void} moveTo Told where the reader wants the digit. */
  constructor(moveTo) {
    /** @type {number[]|null} */
    this.answers = null;
    this.canvas = element("canvas", {
      role: "img", class: "shifts",
      click: (event) => {
        const { clientX, clientY } = /** @type {MouseEvent} */ (event);
        const box = this.canvas.getBoundingClientRect();
        /** @type {(share: number) => number} */
        const offset = (share) => Math.max(-REACH, Math.min(REACH, Math.floor(share * SIDE) - REACH));
        moveTo(offset((clientX - box.left) / box.width), offset((clientY - box.top) / box.height));
      },
    });
    this.words = element("p", {});
    this.section = element(
      "section", { "aria-label": "The answer at each shift", class: "around" },
      this.canvas,
      element(
        "div", {},
        element("p", { class: "title" }, "The answer at each shift"),
        element("p", {}, "In the middle of the square the digit stands as it came, to the right of it farther right, below it farther down. Press a place to move the digit there."),
        this.words,
      ),
    );
  }

  /**
   * Takes other answers; null while there are none.
   * @param {number[]|null} answers
   */
  take(answers) {
    this.answers = answers;
    this.words.textContent = answers ? summary(answers) : "";
    this.canvas.setAttribute("aria-label", answers ? "A square of answers, summed up beside it." : "No answers yet.");
  }

  /**
   * Draws the square.
   * @param {number} right Where the digit is now.
   * @param {number} down
   * @param {Palette} colors
   */
  draw(right, down, colors) {
    const width = this.canvas.clientWidth;
    const context = sharp(this.canvas, width, width);
    const unit = width / SIDE;
    const own = this.answers?.[(SIDE * SIDE - 1) / 2];
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineWidth: 1 });
    OFFSETS.forEach((y, row) => {
      OFFSETS.forEach((x, column) => {
        const answer = this.answers?.[row * SIDE + column];
        const isOther = answer !== own;
        context.fillStyle = isOther ? colors.orange : colors.surface;
        context.fillRect(column * unit + 0.5, row * unit + 0.5, unit - 1, unit - 1);
        if (answer === undefined) return;
        context.fillStyle = isOther ? colors.paper : colors.ink;
        context.font = `${isOther ? "bold " : ""}${Math.round(0.6 * unit)}px system-ui, sans-serif`;
        context.fillText(String(answer), (column + 0.5) * unit, (row + 0.55) * unit);
      });
    });
    if (Math.abs(right) > REACH || Math.abs(down) > REACH) return;
    Object.assign(context, { strokeStyle: colors.ink, lineWidth: 2.5 });
    context.strokeRect((right + REACH) * unit + 1, (down + REACH) * unit + 1, unit - 2, unit - 2);
  }
}
