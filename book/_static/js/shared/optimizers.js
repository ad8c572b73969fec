/* Update rules, as torch.optim has them; L2 adds decay · parameter to each slope (weight_decay). */

const EPSILON = 1e-8;

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
   * @param {object} [knobs] Those of the rule that are not the usual ones.
   */
  constructor(name, size, knobs = {}) {
    this.rule = OPTIMIZERS[name];
    this.knobs = { ...this.rule.knobs, ...knobs };
    this.moments = Array.from({ length: this.rule.moments }, () => new Float64Array(size));
    this.updates = 0;
  }

  /** Changes the parameters in place, one step. */
  step(parameters, gradient, rate, decay = 0) {
    this.updates++;
    this.rule.step(parameters, gradient, this.moments, { ...this.knobs, rate, decay, updates: this.updates });
  }
}
