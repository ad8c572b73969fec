/* The paths of the optimizers over a surface. The same settings give the same paths. */

import { OPTIMIZERS, Optimizer } from "../shared/optimizers.js";
import { Random } from "../shared/random.js";
import { SURFACES } from "./surfaces.js";

/** @import { Settings } from "./state.js" */
/**
 * @typedef {object} Path
 * @property {number[][]} places The weights before each step and after the last; a lost runner's end where they
 *     stop being numbers worth drawing.
 * @property {number[]} losses There.
 * @property {boolean} isLost
 * @property {number} arrival The step from which on the loss stays small, or −1.
 */
/** @typedef {Record<string, Path>} Paths By runner. */

export const RUNNERS = Object.keys(OPTIMIZERS);
export const ARRIVED = 0.01; // a loss as small as this counts as arrived
const LOST = 1e4; // a weight as large as this never comes back

/**
 * Names the setting that holds a runner's learning rate.
 * @param {string} runner
 * @returns {"sgdRate"|"momentumRate"|"adamRate"}
 */
export const rateOf = (runner) => /** @type {"sgdRate"|"momentumRate"|"adamRate"} */ (`${runner}Rate`);

/**
 * Draws the noise of all steps, one pair each; every runner meets the same.
 * @param {Settings} settings
 * @returns {Float64Array} Length 2 · steps.
 */
export function noiseOf({ noise, seed, steps }) {
  const random = new Random(seed, "noise of the slope");
  return Float64Array.from({ length: 2 * steps }, () => noise * random.normal());
}

/**
 * Runs one optimizer from the start.
 * @param {string} runner Key of OPTIMIZERS.
 * @param {Settings} settings
 * @returns {Path}
 */
export function run(runner, settings) {
  const { loss, slope } = SURFACES[settings.surface];
  const noise = noiseOf(settings);
  const weights = Float64Array.from(settings.start);
  const lossNow = () => loss(weights[0], weights[1]);
  const gradient = new Float64Array(2);
  const { momentum, beta1, beta2 } = settings;
  const optimizer = new Optimizer(runner, 2, { momentum, beta1, beta2 });
  const places = [[...weights]];
  const losses = [lossNow()];
  for (let step = 0; step < settings.steps; step++) {
    slope(weights[0], weights[1]).forEach((value, k) => (gradient[k] = value + noise[2 * step + k]));
    optimizer.step(weights, gradient, settings[rateOf(runner)]);
    if (!weights.every((value) => Math.abs(value) < LOST)) break;
    places.push([...weights]);
    losses.push(lossNow());
  }
  const isLost = places.length <= settings.steps;
  return { places, losses, isLost, arrival: isLost ? -1 : arrivalOf(losses) };
}

/** @param {number[]} losses */
function arrivalOf(losses) {
  const last = losses.findLastIndex((loss) => loss > ARRIVED);
  return last === losses.length - 1 ? -1 : last + 1;
}

/**
 * Runs all optimizers.
 * @param {Settings} settings
 * @returns {Paths}
 */
export const race = (settings) => Object.fromEntries(RUNNERS.map((runner) => [runner, run(runner, settings)]));
