/* The table of the runners: where each is, and when it arrived. */

import { element } from "../shared/dom.js";
import { OPTIMIZERS } from "../shared/optimizers.js";
import { ARRIVED, RUNNERS } from "./race.js";
import { LOOKS } from "./plane.js";

/** @import { Path, Paths } from "./race.js" */

const SIGNS = { disk: "●", square: "■", triangle: "▲" };

/**
 * Writes a loss so that its size is seen at once.
 * @param {number} loss
 * @returns {string}
 */
export function written(loss) {
  if (loss >= 1000 || (loss > 0 && loss < 0.001)) return loss.toExponential(1).replace("e+", "e");
  return loss.toFixed(3);
}

/** @param {number} value */
const rounded = (value) => (Math.round(100 * value) / 100 || 0).toFixed(2); // without a minus before 0

/**
 * Says how a runner fared by a step.
 * @param {Path} path
 * @param {number} step
 * @returns {string}
 */
export function fate({ places, arrival, isLost }, step) {
  if (isLost && step >= places.length) return "flew off";
  return arrival >= 0 && step >= arrival ? `step ${arrival}` : "–";
}

export class Standings {
  constructor() {
    this.rows = Object.fromEntries(RUNNERS.map((runner) => [runner, this.row(runner)]));
    this.table = element(
      "table", {},
      element(
        "thead", {},
        element(
          "tr", {},
          ...["Optimizer", "Loss now", `Below ${ARRIVED} since`, "First weight", "Second weight"].map((text) =>
            element("th", { scope: "col" }, text),
          ),
        ),
      ),
      element("tbody", {}, ...Object.values(this.rows)),
    );
  }

  /** @param {string} runner */
  row(runner) {
    const { color, mark } = LOOKS[runner];
    const sign = element("span", { "aria-hidden": "true", style: `color: var(--${color})` }, SIGNS[mark]);
    const cells = ["loss", "arrival", "first", "second"].map((name) => element("td", { "data-number": `${runner}-${name}` }));
    return element("tr", {}, element("th", { scope: "row" }, sign, ` ${OPTIMIZERS[runner].label}`), ...cells);
  }

  /**
   * Shows how all have fared by a step.
   * @param {Paths} paths
   * @param {number} step
   */
  show(paths, step) {
    for (const runner of RUNNERS) {
      const path = paths[runner];
      const at = Math.min(step, path.places.length - 1);
      const texts = [written(path.losses[at]), fate(path, step), ...path.places[at].map(rounded)];
      texts.forEach((text, k) => (this.rows[runner].children[k + 1].textContent = text));
    }
  }
}
