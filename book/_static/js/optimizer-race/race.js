/* The paths of the optimizers over a surface. The same settings give the same paths. */

import { OPTIMIZERS, Optimizer } from "../shared/optimizers.js";
import { Random } from "../shared/random.js";
import { SURFACES } from "./surfaces.js";

export const RUNNERS = Object.keys(OPTIMIZERS);
export const ARRIVED = 0.01; // a loss as small as this counts as arrived
const LOST = 1e4; // a weight as large as this never comes back

/** Names the setting that holds a runner's learning rate. */
export const rateOf = (runner) => `${runner}Rate`;

/**
 * Draws the noise of all steps, one pair each; every runner meets the same.
 * @returns {Float64Array} Length 2 · steps.
 */
export function noiseOf({ noise, seed, steps }) {
  const random = new Random(seed, "noise of the slope");
  return Float64Array.from({ length: 2 * steps }, () => noise * random.normal());
}

/**
 * Runs one optimizer from the start.
 * @param {string} runner Key of OPTIMIZERS.
 * @param {object} settings As `state.js` describes them.
 * @returns {{places: number[][], losses: number[], isLost: boolean, arrival: number}} The weights and the loss
 *   before each step and after the last; a lost runner's end where they stop being numbers worth drawing.
 *   Arrival is the step from which on the loss stays small, or −1.
 */
export function run(runner, settings) {
  const { loss, slope } = SURFACES[settings.surface];
  const noise = noiseOf(settings);
  const weights = Float64Array.from(settings.start);
  const gradient = new Float64Array(2);
  const { momentum, beta1, beta2 } = settings;
  const optimizer = new Optimizer(runner, 2, { momentum, beta1, beta2 });
  const places = [[...weights]];
  const losses = [loss(...weights)];
  for (let step = 0; step < settings.steps; step++) {
    slope(...weights).forEach((value, k) => (gradient[k] = value + noise[2 * step + k]));
    optimizer.step(weights, gradient, settings[rateOf(runner)]);
    if (!weights.every((value) => Math.abs(value) < LOST)) break;
    places.push([...weights]);
    losses.push(loss(...weights));
  }
  const isLost = places.length <= settings.steps;
  return { places, losses, isLost, arrival: isLost ? -1 : arrivalOf(losses) };
}

function arrivalOf(losses) {
  const last = losses.findLastIndex((loss) => loss > ARRIVED);
  return last === losses.length - 1 ? -1 : last + 1;
}

/** Runs all optimizers. */
export const race = (settings) => Object.fromEntries(RUNNERS.map((runner) => [runner, run(runner, settings)]));
