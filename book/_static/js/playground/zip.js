/* Zip archives without compression, as PKWARE's APPNOTE describes them; compressed ones can be read. */

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const STORED = 0;
const DEFLATED = 8;
export const LARGEST_FILE = 1_000_000; // bytes; a net of the playground has 10 KB
const ENCRYPTED = 1; // the bit of the flags
const OF_MACOS = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/; // what it adds to each archive
const EARLIEST_DATE = 0x21; // 1 January 1980, so that the same files give the same archive

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * Gives the CRC-32 of some bytes.
 * @param {Uint8Array} bytes
 * @returns {number}
 */
export function checksum(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/**
 * Gives the fields that the local and the central header share.
 * @param {Uint8Array} name
 * @param {Uint8Array} bytes
 */
function header(name, bytes) {
  const field = new DataView(new ArrayBuffer(26));
  field.setUint16(0, 20, true); // version 2.0
  field.setUint16(8, EARLIEST_DATE, true);
  field.setUint32(10, checksum(bytes), true);
  field.setUint32(14, bytes.length, true);
  field.setUint32(18, bytes.length, true);
  field.setUint16(22, name.length, true);
  return new Uint8Array(field.buffer);
}

/** @param {number} value */
const number32 = (value) => new Uint8Array(Uint32Array.of(value).buffer);
/** @param {number} value */
const number16 = (value) => new Uint8Array(Uint16Array.of(value).buffer);

/**
 * Writes an archive.
 * @param {Record<string, Uint8Array<ArrayBuffer>>} files Content by name.
 * @returns {Blob}
 */
export function zip(files) {
  const locals = [];
  const centrals = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const path = new TextEncoder().encode(name);
    const fields = header(path, bytes);
    locals.push(number32(LOCAL), fields, path, bytes);
    centrals.push(number32(CENTRAL), number16(20), fields, new Uint8Array(10), number32(offset), path);
    offset += 30 + path.length + bytes.length;
  }
  const length = centrals.reduce((sum, part) => sum + part.length, 0);
  const count = number16(Object.keys(files).length);
  const end = [number32(END), number32(0), count, count, number32(length), number32(offset), number16(0)];
  return new Blob([...locals, ...centrals, ...end], { type: "application/zip" });
}

/**
 * Reads an archive.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Record<string, Uint8Array>>} Content by name, without folders and what macOS adds.
 * @throws {Error} If it is no archive, is cut off, is encrypted, or unpacks to more than a megabyte a file.
 */
export async function unzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new Error("This is no zip archive.");
  try {
    /** @type {Record<string, Uint8Array>} */
    const files = {};
    let place = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      const entry = readEntry(view, bytes, place);
      if (!entry.name.endsWith("/") && !OF_MACOS.test(entry.name)) files[entry.name] = await content(entry);
      place = entry.next;
    }
    return files;
  } catch (error) {
    throw error instanceof RangeError || error instanceof TypeError
      ? new Error("The zip archive is damaged: it ends too early or cannot be unpacked.")
      : error;
  }
}

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} flags
 * @property {number} method How it is packed.
 * @property {number} checksum
 * @property {Uint8Array<ArrayBuffer>} packed
 * @property {number} next Where the header after this one stands.
 */

/**
 * Reads one entry of the central directory.
 * @param {DataView} view
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} place
 * @returns {Entry}
 */
function readEntry(view, bytes, place) {
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => view.getUint16(place + at, true));
  const local = view.getUint32(place + 42, true);
  if (view.getUint32(place, true) !== CENTRAL || view.getUint32(local, true) !== LOCAL) {
    throw new Error("The zip archive is damaged: a header is missing.");
  }
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  return {
    name: new TextDecoder().decode(bytes.subarray(place + 46, place + 46 + nameLength)).replaceAll("\\", "/"), // as some on Windows write
    flags: view.getUint16(place + 8, true),
    method: view.getUint16(place + 10, true),
    checksum: view.getUint32(place + 16, true),
    packed: bytes.subarray(start, start + view.getUint32(place + 20, true)),
    next: place + 46 + nameLength + extraLength + commentLength,
  };
}

/** @param {Entry} entry */
async function content({ name, flags, method, packed, checksum: expected }) {
  if (flags & ENCRYPTED) throw new Error(`${name} is encrypted. Pack the folder without a password.`);
  if (![STORED, DEFLATED].includes(method)) throw new Error(`${name} is packed in a way that cannot be read here.`);
  const unpacked = method === STORED ? packed : await inflate(name, packed);
  if (checksum(unpacked) !== expected) throw new Error(`${name} is damaged: its check sum is wrong.`);
  return unpacked;
}

/**
 * Unpacks, up to a megabyte.
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} packed
 */
async function inflate(name, packed) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  let length = 0;
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    parts.push(value);
    length += value.length;
    if (length > LARGEST_FILE) {
      await reader.cancel();
      throw new Error(`${name} unpacks to more than a megabyte, and no network here is that large.`);
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
