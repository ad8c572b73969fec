/* One training run: points, network, optimizer and the steps taken. The same settings give the same run. */

import { Optimizer } from "../shared/optimizers.js";
import { Random } from "../shared/random.js";
import { drawOf, drawPoints, split } from "./data.js";
import { Network, Pass, countRight, inputsOf, lossOf } from "./network.js";

/** @import { Points } from "./data.js" */
/** @import { Settings } from "./state.js" */
/** @typedef {Points & {inputs: Float64Array}} Part Points with what the network gets of them. */

export const FRESH_POINTS = 20_000;
const PORTION = 2_500; // bounds the memory of an evaluation

export class Run {
  /** @type {Part} */
  training;
  /** @type {Part} */
  test;
  /** @type {Part|null} Points nobody has drawn before, made when first asked for. */
  fresh = null;
  batchSize = 0;
  /** @type {Float64Array} */
  batchInputs = new Float64Array(0);
  /** @type {Pass} For batches. */
  pass;
  /** @type {Uint32Array|null} Of the points, in this epoch. */
  order = null;
  /** @type {Pass|null} For a look at the hidden layers. */
  view = null;
  viewed = 0;

  /** @param {Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.network = new Network([settings.inputs.length, ...settings.hidden, 1], settings.activation);
    this.network.initialize(settings.seed);
    this.optimizer = new Optimizer(settings.optimizer, this.network.parameterCount);
    this.steps = 0;
    this.isInitial = true;
    this.usePoints();
  }

  /** Takes the points that the settings name, and keeps network and steps. */
  usePoints() {
    const { data, size, noise, draw, points } = this.settings;
    const all = data === "own" ? points : drawPoints(data, size, noise, drawOf(draw, "points"));
    const parts = split(all, drawOf(draw, "split"));
    this.training = this.withInputs(parts.training);
    this.test = this.withInputs(parts.test);
    this.fresh = null;
    this.useBatch();
  }

  /**
   * @param {Points} part
   * @returns {Part}
   */
  withInputs(part) {
    return { ...part, inputs: inputsOf(part.points, this.settings.inputs) };
  }

  /** Makes room for a batch; the order of points is drawn anew each epoch. */
  useBatch() {
    const count = this.training.labels.length;
    this.batchSize = this.settings.batch === "full" ? count : Math.min(this.settings.batch, count);
    this.pass = new Pass(this.network, Math.max(this.batchSize, 1));
    this.batchInputs = new Float64Array(this.settings.inputs.length * this.batchSize);
    this.order = null;
  }

  /** Uses another update rule from here on. */
  useOptimizer() {
    this.optimizer = new Optimizer(this.settings.optimizer, this.network.parameterCount);
  }

  /** Takes one step of the optimizer on the next batch. */
  step() {
    if (!this.batchSize) return;
    const labels = this.nextBatch();
    this.pass.forward(this.batchInputs, labels.length);
    this.pass.backward(labels);
    this.optimizer.step(this.network.parameters, this.network.gradient, this.settings.rate, this.settings.decay);
    this.steps++;
    this.isInitial = false;
  }

  /* Fills the batch's inputs and gives its labels; the last batch of an epoch may be smaller. */
  nextBatch() {
    const { inputs, labels } = this.training;
    const total = labels.length;
    if (this.batchSize === total) {
      this.batchInputs = inputs;
      return labels;
    }
    const perEpoch = Math.ceil(total / this.batchSize);
    const place = this.steps % perEpoch;
    if (!this.order || place === 0) {
      this.order = new Random(this.settings.seed, "epoch", Math.floor(this.steps / perEpoch)).permutation(total);
    }
    const chosen = this.order.subarray(place * this.batchSize, (place + 1) * this.batchSize);
    const count = chosen.length;
    for (let row = 0; row < this.settings.inputs.length; row++) {
      for (let n = 0; n < count; n++) this.batchInputs[row * count + n] = inputs[row * total + chosen[n]];
    }
    return Uint8Array.from(chosen, (index) => labels[index]);
  }

  /** Tells whether the parameters are still numbers, of 32 bits as links and files hold them. */
  get isFinite() {
    return this.network.parameters.every((value) => Number.isFinite(Math.fround(value)));
  }

  /**
   * Gives the logits of any points.
   * @param {Float64Array} points
   */
  logitsOf(points) {
    return this.logits(inputsOf(points, this.settings.inputs), points.length / 2);
  }

  /**
   * Gives the logits of points whose inputs are known.
   * @param {Float64Array} inputs
   * @param {number} count
   */
  logits(inputs, count) {
    const rows = this.settings.inputs.length;
    const room = Math.min(count, PORTION);
    const pass = new Pass(this.network, room);
    const portion = new Float64Array(rows * room);
    const logits = new Float64Array(count);
    for (let start = 0; start < count; start += room) {
      const some = Math.min(room, count - start);
      for (let row = 0; row < rows; row++) {
        portion.set(inputs.subarray(row * count + start, row * count + start + some), row * some);
      }
      logits.set(pass.forward(portion, some).subarray(0, some), start);
    }
    return logits;
  }

  /**
   * Gives what the units of a hidden layer say of the training points, unit by unit.
   * @param {number} layer
   */
  hiddenValues(layer) {
    const { inputs, labels } = this.training;
    if (!this.view || this.viewed !== labels.length) {
      this.view = new Pass(this.network, Math.max(labels.length, 1));
      this.viewed = labels.length;
    }
    this.view.forward(inputs, labels.length);
    return this.view.after[layer];
  }

  /**
   * Gives loss and accuracy on some points; nothing where there are none.
   * @param {Part} part
   */
  evaluate({ inputs, labels }) {
    if (!labels.length) return { loss: null, accuracy: null };
    const logits = this.logits(inputs, labels.length);
    return { loss: lossOf(logits, labels), accuracy: countRight(logits, labels) / labels.length };
  }

  /** Gives the accuracy on points nobody has drawn before; nothing where the data's source is unknown. */
  freshAccuracy() {
    const { data, noise } = this.settings;
    if (data === "own") return null;
    this.fresh ??= this.withInputs(drawPoints(data, FRESH_POINTS, noise, new Random(0, "fresh points")));
    return this.evaluate(this.fresh).accuracy;
  }
}
