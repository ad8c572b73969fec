/* Update rules, as torch.optim has them; L2 adds decay · parameter to each slope (weight_decay). */

const EPSILON = 1e-8;

/**
 * @typedef {{momentum?: number, beta1?: number, beta2?: number}} Knobs
 * @typedef {Required<Knobs> & {rate: number, decay: number, updates: number}} Now
 *     The knobs that a rule has, the learning rate, the decay, and the number of this update.
 * @typedef {object} Rule
 * @property {string} label
 * @property {number} moments How many numbers it remembers for each parameter.
 * @property {Knobs} knobs Their usual values.
 * @property {(rate: number, decay: number) => string} torch The same in PyTorch.
 * @property {(parameters: Float64Array, gradient: Float64Array, moments: Float64Array[], now: Now) => void} step
 */

/** @type {Record<string, Rule>} */
export const OPTIMIZERS = {
  sgd: {
    label: "SGD",
    moments: 0,
    knobs: {},
    torch: (rate, decay) => `torch.optim.SGD(model.parameters(), lr=${rate}, weight_decay=${decay})`,
    step(parameters, gradient, moments, { rate, decay }) {
      for (let k = 0; k < parameters.length; k++) {
        parameters[k] -= rate * (gradient[k] + decay * parameters[k]);
      }
    },
  },
  momentum: {
    label: "momentum",
    moments: 1,
    knobs: { momentum: 0.9 },
    torch: (rate, decay) => `torch.optim.SGD(model.parameters(), lr=${rate}, momentum=0.9, weight_decay=${decay})`,
    step(parameters, gradient, [velocity], { rate, decay, momentum }) {
      for (let k = 0; k < parameters.length; k++) {
        velocity[k] = momentum * velocity[k] + gradient[k] + decay * parameters[k];
        parameters[k] -= rate * velocity[k];
      }
    },
  },
  /* Kingma and Ba, Adam: a method for stochastic optimization (2015). */
  adam: {
    label: "Adam",
    moments: 2,
    knobs: { beta1: 0.9, beta2: 0.999 },
    torch: (rate, decay) => `torch.optim.Adam(model.parameters(), lr=${rate}, weight_decay=${decay})`,
    step(parameters, gradient, [first, second], { rate, decay, updates, beta1, beta2 }) {
      const correction1 = 1 - beta1 ** updates;
      const correction2 = Math.sqrt(1 - beta2 ** updates);
      for (let k = 0; k < parameters.length; k++) {
        const slope = gradient[k] + decay * parameters[k];
        first[k] = beta1 * first[k] + (1 - beta1) * slope;
        second[k] = beta2 * second[k] + (1 - beta2) * slope * slope;
        parameters[k] -= ((rate / correction1) * first[k]) / (Math.sqrt(second[k]) / correction2 + EPSILON);
      }
    },
  },
};

/** An update rule with its memory, over flat arrays of parameters and slopes. */
export class Optimizer {
  /**
   * @param {string} name Key of OPTIMIZERS.
   * @param {number} size Number of parameters.
   * @param {Knobs} [knobs] Those of the rule that are not the usual ones.
   */
  constructor(name, size, knobs = {}) {
    this.rule = OPTIMIZERS[name];
    this.knobs = { ...this.rule.knobs, ...knobs };
    this.moments = Array.from({ length: this.rule.moments }, () => new Float64Array(size));
    this.updates = 0;
  }

  /**
   * Changes the parameters in place, one step.
   * @param {Float64Array} parameters
   * @param {Float64Array} gradient
   * @param {number} rate
   * @param {number} [decay]
   */
  step(parameters, gradient, rate, decay = 0) {
    this.updates++;
    const knobs = /** @type {Required<Knobs>} */ (this.knobs); // a rule reads no others than its own
    this.rule.step(parameters, gradient, this.moments, { ...knobs, rate, decay, updates: this.updates });
  }
}
