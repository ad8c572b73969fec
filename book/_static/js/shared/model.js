/* A net of the chapter in the page: fetched on demand, run by ONNX Runtime Web. */

import { Arrival } from "./files.js";

/* A module whose function gives a vector of 128 bits: valid only where the browser knows such vectors. */
const VECTORS = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
);

/** Its files are script, machine and model. */
export class Model extends Arrival {
  what = "network";

  /** @override */
  whyNot() {
    if (typeof WebAssembly !== "object" || !WebAssembly.validate(VECTORS)) {
      return "This browser cannot run the network: it lacks WebAssembly with SIMD. One from 2023 or later has it.";
    }
    try {
      new WebAssembly.Module(VECTORS);
    } catch {
      return "A content security policy forbids WebAssembly on this page, so the network cannot run here. Who serves the page can allow it: script-src 'self' blob: 'wasm-unsafe-eval'.";
    }
    return super.whyNot();
  }

  /**
   * @override
   * @param {Record<string, ArrayBuffer>} contents
   */
  async use({ script, machine, model }) {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const { env, InferenceSession, Tensor } = await import(address);
    URL.revokeObjectURL(address);
    Object.assign(env.wasm, { numThreads: 1, wasmBinary: machine });
    env.logLevel = "error";
    this.Tensor = Tensor;
    this.Session = InferenceSession;
    this.session = await this.opened(model);
  }

  /**
   * Makes ready a net, with what runs this one.
   * @param {ArrayBuffer} file
   */
  opened(file) {
    return this.Session.create(new Uint8Array(file), { executionProviders: ["wasm"] });
  }

  /**
   * Runs the net, after `load`.
   * @param {Float32Array} values The inputs, one after the other.
   * @param {number[]} shape Of all inputs together, their count first.
   * @returns {Promise<Float32Array>} The outputs, one after the other.
   */
  async run(values, shape) {
    const { output } = await this.session.run({ input: new this.Tensor("float32", values, shape) });
    return output.data;
  }
}

/** A second net of a page, run by what runs the first. Its only file is the model. */
export class SecondModel extends Arrival {
  what = "network";

  /**
   * @param {string} files
   * @param {Model} first Loaded before this one is.
   */
  constructor(files, first) {
    super(files);
    this.first = first;
  }

  /**
   * @override
   * @param {Record<string, ArrayBuffer>} contents
   */
  async use({ model }) {
    this.session = await this.first.opened(model);
  }

  /**
   * Runs the net, after `load`.
   * @param {Float32Array} values The inputs, one after the other.
   * @param {number[]} shape Of all inputs together, their count first.
   * @returns {Promise<Float32Array>} The outputs, one after the other.
   */
  async run(values, shape) {
    const { output } = await this.session.run({ input: new this.first.Tensor("float32", values, shape) });
    return output.data;
  }
}
