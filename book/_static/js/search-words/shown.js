/* What the parts share of what they show: pictures, and numbers in words. */

import { element } from "../shared/dom.js";
import { SIDE } from "./catalogue.js";

export const NOTHING = "–";

export const canvasOf = () => element("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });

/**
 * Writes a cosine.
 * @param {number} cosine
 */
export const written = (cosine) => cosine.toFixed(2).replace("-", "−");

/**
 * Writes a share: with a decimal near both ends, where a whole number would claim 0% or 100%.
 * @param {number} share
 */
export const percent = (share) =>
  share > 0.999 ? "> 99.9%" : `${(100 * share).toFixed(share > 0.1 && share < 0.995 ? 0 : 1)}%`;
