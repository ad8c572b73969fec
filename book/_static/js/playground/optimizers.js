/* Update rules, as torch.optim has them; L2 adds decay · parameter to each slope (weight_decay). */

const MOMENTUM = 0.9;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

export const OPTIMIZERS = {
  sgd: {
    label: "SGD",
    moments: 0,
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
    torch: (rate, decay) =>
      `torch.optim.SGD(model.parameters(), lr=${rate}, momentum=${MOMENTUM}, weight_decay=${decay})`,
    step(parameters, gradient, [velocity], { rate, decay }) {
      for (let k = 0; k < parameters.length; k++) {
        velocity[k] = MOMENTUM * velocity[k] + gradient[k] + decay * parameters[k];
        parameters[k] -= rate * velocity[k];
      }
    },
  },
  /* Kingma and Ba, Adam: a method for stochastic optimization (2015). */
  adam: {
    label: "Adam",
    moments: 2,
    torch: (rate, decay) => `torch.optim.Adam(model.parameters(), lr=${rate}, weight_decay=${decay})`,
    step(parameters, gradient, [first, second], { rate, decay, updates }) {
      const correction1 = 1 - BETA1 ** updates;
      const correction2 = Math.sqrt(1 - BETA2 ** updates);
      for (let k = 0; k < parameters.length; k++) {
        const slope = gradient[k] + decay * parameters[k];
        first[k] = BETA1 * first[k] + (1 - BETA1) * slope;
        second[k] = BETA2 * second[k] + (1 - BETA2) * slope * slope;
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
   */
  constructor(name, size) {
    this.rule = OPTIMIZERS[name];
    this.moments = Array.from({ length: this.rule.moments }, () => new Float64Array(size));
    this.updates = 0;
  }

  /** Changes the parameters in place, one step. */
  step(parameters, gradient, rate, decay) {
    this.updates++;
    this.rule.step(parameters, gradient, this.moments, { rate, decay, updates: this.updates });
  }
}
