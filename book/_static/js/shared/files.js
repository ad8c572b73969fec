/* Files of the site on their way to a page: fetched on demand, kept by the browser, unpacked here. */

const CACHE = "academy-models";
const GZIP = [0x1f, 0x8b];

/** @typedef {{address: string, bytes: number}} File What is fetched, and how much it is once it is here. */
/** @typedef {(bytes: number) => void} Count Told how much has come since it was last told. */

/**
 * Files that are fetched together, once, and what is made of them.
 * @abstract
 */
export class Arrival {
  /** @param {string} files Address and bytes of each file by name, as JSON. */
  constructor(files) {
    /** @type {Record<string, File>} */
    this.files = JSON.parse(files);
    this.bytes = Object.values(this.files).reduce((sum, { bytes }) => sum + bytes, 0);
    /** @type {Promise<void>|null} */
    this.loading = null;
  }

  /**
   * Says why nothing can be made of them in this browser; null where it can.
   * @returns {string|null}
   */
  whyNot() {
    if (typeof DecompressionStream === "function") return null;
    return "This browser cannot unpack what this page would fetch. One from 2023 or later can.";
  }

  /**
   * Fetches the files, once; after a failure the next call tries again.
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
    const entries = Object.entries(this.files).map(async ([name, file]) => [name, await contentOf(file, count)]);
    await this.use(Object.fromEntries(await Promise.all(entries)));
  }

  /**
   * Makes of the files what they are fetched for.
   * @abstract
   * @param {Record<string, ArrayBuffer>} contents By name.
   * @returns {Promise<void>}
   */
  async use(contents) {
    throw new Error(`nothing is made of ${Object.keys(contents)}`);
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
