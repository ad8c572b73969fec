/* Plain data of the chapter in the page: tensors and texts, as `academy.web.exports.export_data` writes them. */

import { Arrival } from "./files.js";

/** @typedef {{shape: number[], values: Uint8Array|Int8Array|Float32Array}} Tensor Row by row. */
/** @typedef {{tensors: Record<string, Tensor>, texts: Record<string, string[]>}} Contents */

/** @type {Record<string, Uint8ArrayConstructor|Int8ArrayConstructor|Float32ArrayConstructor>} */
const TYPES = { U8: Uint8Array, I8: Int8Array, F32: Float32Array };

/** Its only file is the data. */
export class Data extends Arrival {
  /** @type {Contents} There after `load`. */
  contents;

  /**
   * @override
   * @param {Record<string, ArrayBuffer>} contents
   */
  async use({ data }) {
    this.contents = contentsOf(data);
  }
}

/**
 * Reads a safetensors file: the length of its head, the head as JSON, the numbers.
 * @param {ArrayBuffer} file
 * @returns {Contents}
 */
export function contentsOf(file) {
  const length = Number(new DataView(file).getBigUint64(0, true));
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length)));
  const { __metadata__: written = {}, ...entries } = head;
  /** @type {Contents} */
  const contents = { tensors: {}, texts: {} };
  for (const [name, { dtype, shape, data_offsets: [start, end] }] of Object.entries(entries)) {
    const type = TYPES[dtype];
    const values = new type(file, 8 + length + start, (end - start) / type.BYTES_PER_ELEMENT);
    contents.tensors[name] = { shape, values };
  }
  for (const [name, text] of Object.entries(written)) contents.texts[name] = JSON.parse(text);
  return contents;
}
