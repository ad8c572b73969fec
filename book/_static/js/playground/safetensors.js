/* Tensors of 32-bit numbers in the safetensors format: a length, a JSON header, the numbers. */

/** @typedef {{shape: number[], values: Float64Array}} Tensor */

/**
 * Writes tensors.
 * @param {(Tensor & {name: string})[]} tensors
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeTensors(tensors) {
  /** @type {Record<string, object>} */
  const entries = {};
  let end = 0;
  for (const { name, shape, values } of tensors) {
    entries[name] = { dtype: "F32", shape, data_offsets: [end, (end += 4 * values.length)] };
  }
  const text = JSON.stringify(entries);
  const header = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = new Uint8Array(8 + header.length + end);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let place = 8 + header.length;
  for (const { values } of tensors) {
    for (const value of values) view.setFloat32((place += 4) - 4, value, true);
  }
  return file;
}

/**
 * Reads tensors.
 * @param {Uint8Array} file
 * @returns {Map<string, Tensor>}
 * @throws {Error} If the file is not in the format, or holds anything but 32-bit numbers.
 */
export function readTensors(file) {
  /** @param {string} what */
  const broken = (what) => new Error(`model.safetensors cannot be read: ${what}.`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = file.length >= 8 ? Number(view.getBigUint64(0, true)) : Infinity;
  if (length > file.length - 8) throw broken("it is shorter than its header says");
  let entries;
  try {
    entries = Object.entries(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))));
  } catch {
    throw broken("its header is no JSON");
  }
  const tensors = new Map();
  for (const [name, entry] of entries) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: offsets } = entry ?? {};
    if (dtype !== "F32") throw broken(`${name} is ${dtype}, and must be F32`);
    if (!Array.isArray(shape) || !Array.isArray(offsets)) throw broken(`${name} has no shape or no place`);
    const [start, end] = offsets.map((offset) => 8 + length + offset);
    const size = shape.reduce((product, each) => product * each, 1);
    if (!(end <= file.length) || end - start !== 4 * size) throw broken(`${name} does not fit its shape [${shape}]`);
    const values = Float64Array.from({ length: size }, (_, k) => view.getFloat32(start + 4 * k, true));
    if (!values.every(Number.isFinite)) throw broken(`${name} holds a number that is not finite`);
    tensors.set(name, { shape, values });
  }
  return tensors;
}
