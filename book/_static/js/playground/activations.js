/* Activations and their slopes, as PyTorch defines them, over whole arrays. */

const LEAK = 0.01;

/**
 * The distribution function of a standard Gaussian; erf to 1.5e-7 by Abramowitz and Stegun, 7.1.26.
 * @param {number} z
 */
function gaussianShare(z) {
  const x = Math.abs(z) * Math.SQRT1_2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = 0.5 * series * Math.exp(-x * x);
  return z < 0 ? tail : 1 - tail;
}

/** @param {number} z */
const gaussianDensity = (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** @type {(z: number) => number} */
export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/**
 * @typedef {object} Activation
 * @property {string} label
 * @property {string} torch
 * @property {boolean} [isBounded] A bounded one gives values from −1 to 1; the others give none that is farther
 *     from zero than z.
 * @property {(z: Float64Array, h: Float64Array, size: number) => void} apply Writes the activation of z into h.
 * @property {(z: Float64Array, h: Float64Array, g: Float64Array, size: number) => void} chain Multiplies the
 *     gradient g by the slope.
 */

/**
 * Each loop stands in a function of its own, so that the engine compiles it for its one formula.
 * @type {Record<string, Activation>}
 */
export const ACTIVATIONS = {
  relu: {
    label: "ReLU",
    torch: "nn.ReLU()",
    apply(z, h, size) { for (let n = 0; n < size; n++) h[n] = z[n] > 0 ? z[n] : 0; },
    chain(z, h, g, size) { for (let n = 0; n < size; n++) if (z[n] <= 0) g[n] = 0; },
  },
  leaky_relu: {
    label: "LeakyReLU",
    torch: "nn.LeakyReLU()",
    apply(z, h, size) { for (let n = 0; n < size; n++) h[n] = z[n] > 0 ? z[n] : LEAK * z[n]; },
    chain(z, h, g, size) { for (let n = 0; n < size; n++) if (z[n] <= 0) g[n] *= LEAK; },
  },
  elu: {
    label: "ELU",
    torch: "nn.ELU()",
    apply(z, h, size) { for (let n = 0; n < size; n++) h[n] = z[n] > 0 ? z[n] : Math.expm1(z[n]); },
    chain(z, h, g, size) { for (let n = 0; n < size; n++) if (z[n] <= 0) g[n] *= h[n] + 1; },
  },
  gelu: {
    label: "GELU",
    torch: "nn.GELU()",
    apply(z, h, size) { for (let n = 0; n < size; n++) h[n] = z[n] * gaussianShare(z[n]); },
    chain(z, h, g, size) {
      for (let n = 0; n < size; n++) g[n] *= gaussianShare(z[n]) + z[n] * gaussianDensity(z[n]);
    },
  },
  tanh: {
    label: "tanh",
    torch: "nn.Tanh()",
    isBounded: true,
    apply(z, h, size) { for (let n = 0; n < size; n++) h[n] = Math.tanh(z[n]); },
    chain(z, h, g, size) { for (let n = 0; n < size; n++) g[n] *= 1 - h[n] * h[n]; },
  },
  sigmoid: {
    label: "sigmoid",
    torch: "nn.Sigmoid()",
    isBounded: true,
    apply(z, h, size) { for (let n = 0; n < size; n++) h[n] = sigmoid(z[n]); },
    chain(z, h, g, size) { for (let n = 0; n < size; n++) g[n] *= h[n] * (1 - h[n]); },
  },
  sine: {
    label: "sine",
    torch: "Sine()",
    isBounded: true,
    apply(z, h, size) { for (let n = 0; n < size; n++) h[n] = Math.sin(z[n]); },
    chain(z, h, g, size) { for (let n = 0; n < size; n++) g[n] *= Math.cos(z[n]); },
  },
};
