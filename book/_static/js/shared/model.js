/* A net of the chapter in the page: fetched on demand, kept by the browser, run by ONNX Runtime Web. */

const CACHE = "academy-models";
const GZIP = [0x1f, 0x8b];
/* A module whose function gives a vector of 128 bits: valid only where the browser knows such vectors. */
const VECTORS = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
);

/** @typedef {{address: string, bytes: number}} File What is fetched, and how much it is once it is here. */
/** @typedef {(bytes: number) => void} Count Told how much has come since it was last told. */

/**
 * Says why a net cannot run in this browser; null where it can.
 * @returns {string|null}
 */
export function whyNot() {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(VECTORS)) {
    return "This browser cannot run the network: it lacks WebAssembly with SIMD. One from 2023 or later has it.";
  }
  try {
    new WebAssembly.Module(VECTORS);
  } catch {
    return "A content security policy forbids WebAssembly on this page, so the network cannot run here. Who serves the page can allow it: script-src 'self' blob: 'wasm-unsafe-eval'.";
  }
  if (typeof DecompressionStream !== "function") {
    return "This browser cannot unpack the network. One from 2023 or later can.";
  }
  return null;
}

export class Model {
  /** @param {string} files Address and bytes of script, machine and model, as JSON. */
  constructor(files) {
    /** @type {Record<string, File>} */
    this.files = JSON.parse(files);
    this.bytes = Object.values(this.files).reduce((sum, { bytes }) => sum + bytes, 0);
    /** @type {Promise<void>|null} */
    this.loading = null;
  }

  /**
   * Fetches and starts the net, once; after a failure the next call tries again.
   * @param {(share: number) => void} progress Told how much is there, from 0 to 1.
   * @throws {Error} If something could not be fetched or is damaged.
   */
  load(progress) {
    this.loading ??= this.bring(progress).catch((error) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  /** @param {(share: number) => void} progress */
  async bring(progress) {
    let arrived = 0;
    /** @type {Count} */
    const count = (bytes) => progress(Math.min(1, (arrived += bytes) / this.bytes));
    const { script, machine, model } = Object.fromEntries(
      await Promise.all(Object.entries(this.files).map(async ([name, file]) => [name, await contentOf(file, count)])),
    );
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const { env, InferenceSession, Tensor } = await import(address);
    URL.revokeObjectURL(address);
    Object.assign(env.wasm, { numThreads: 1, wasmBinary: machine });
    env.logLevel = "error";
    this.session = await InferenceSession.create(new Uint8Array(model), { executionProviders: ["wasm"] });
    this.Tensor = Tensor;
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

/**
 * Gives a file's bytes; what arrived whole is kept, and what is kept but damaged is fetched anew.
 * @param {File} file
 * @param {Count} count
 */
async function contentOf({ address, bytes }, count) {
  const url = new URL(address, document.baseURI).href;
  const cache = await kept();
  const found = await cache?.match(url);
  if (found) {
    try {
      const content = await unpacked(await found.blob());
      count(bytes);
      return content;
    } catch {
      await cache?.delete(url);
    }
  }
  const packed = await fetched(url, count);
  const content = await unpacked(packed);
  if (cache) await keep(cache, url, packed);
  return content;
}

/* Pages that are not served over HTTPS, and private windows of some browsers, keep nothing. */
async function kept() {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

/**
 * Keeps a file in place of its older versions; where there is no room, it is fetched again next time.
 * @param {Cache} cache
 * @param {string} url
 * @param {Blob} packed
 */
async function keep(cache, url, packed) {
  try {
    const stem = url.replace(/\.[0-9a-f]+\.gz$/, ".");
    const old = (await cache.keys()).filter((request) => request.url.startsWith(stem));
    await Promise.all(old.map((request) => cache.delete(request)));
    await cache.put(url, new Response(packed));
  } catch {
    return;
  }
}

/**
 * Gives a file as it comes from the server.
 * @param {string} url
 * @param {Count} count
 */
async function fetched(url, count) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  if (!response.body) throw new Error("the server answers with nothing");
  const reader = response.body.getReader();
  const parts = [];
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    parts.push(value);
    count(value.length);
  }
  return new Blob(parts);
}

/**
 * Unpacks a file; a server may have done so already.
 * @param {Blob} blob
 */
async function unpacked(blob) {
  const start = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (GZIP.some((byte, k) => start[k] !== byte)) return blob.arrayBuffer();
  return new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
