/* Byte pairs: a text as tokens, and back, as `academy.data.byte_pairs` does it. */

const WORD = "\\p{L}\\p{N}_";
const SPACE = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // Python's
/* What no merge crosses: a word or a run of marks, with the space before it; or other spaces. */
const PIECE = new RegExp(` ?[${WORD}]+(?:['’][${WORD}]+)*| ?[^${WORD}${SPACE}]+|[${SPACE}]+`, "gu");
const PRINTED = [...range(33, 127), ...range(161, 173), ...range(174, 256)];
/* The bytes in the order of their ids. */
const BYTES = [...PRINTED, ...range(0, 256).filter((byte) => !PRINTED.includes(byte))];

/** @type {(start: number, end: number) => number[]} */
function range(start, end) {
  return Array.from({ length: end - start }, (_, k) => start + k);
}

export class BytePairs {
  /** @param {number[]} merges Pairs of ids, one after the other, the first merged first. */
  constructor(merges) {
    /** @type {number[][]} The bytes of each id. */
    this.tokens = BYTES.map((byte) => [byte]);
    this.idOf = new Map(BYTES.map((byte, id) => [byte, id]));
    /** @type {Map<string, number>} What each pair becomes. */
    this.merges = new Map();
    for (let k = 0; k < merges.length; k += 2) {
      const [first, second] = merges.slice(k, k + 2);
      this.merges.set(`${first} ${second}`, this.tokens.length);
      this.tokens.push([...this.tokens[first], ...this.tokens[second]]);
    }
  }

  /**
   * Turns a text into ids, by all merges that apply, in their order.
   * @param {string} text
   * @returns {number[]}
   */
  encode(text) {
    return (text.match(PIECE) ?? []).flatMap((piece) => this.idsOf(piece));
  }

  /** @param {string} piece */
  idsOf(piece) {
    let ids = Array.from(new TextEncoder().encode(piece), (byte) => /** @type {number} */ (this.idOf.get(byte)));
    for (let next = this.firstMerge(ids); next !== Infinity; next = this.firstMerge(ids)) ids = this.merged(ids, next);
    return ids;
  }

  /**
   * Gives what the pair becomes that is merged first; infinity without any.
   * @param {number[]} ids
   */
  firstMerge(ids) {
    return Math.min(...ids.slice(1).map((id, k) => this.merges.get(`${ids[k]} ${id}`) ?? Infinity));
  }

  /**
   * Puts a new id in place of each of its pairs, from the left.
   * @param {number[]} ids
   * @param {number} id
   */
  merged(ids, id) {
    /** @type {number[]} */
    const found = [];
    for (const each of ids) {
      if (found.length && this.merges.get(`${found[found.length - 1]} ${each}`) === id) found[found.length - 1] = id;
      else found.push(each);
    }
    return found;
  }

  /**
   * Turns ids back into text; bytes that are no whole letter become “�”.
   * @param {number[]} ids
   */
  decode(ids) {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(ids.flatMap((id) => this.tokens[id])));
  }

  /**
   * Writes a token so that its spaces are seen.
   * @param {number} id
   */
  nameOf(id) {
    const text = this.decode([id]);
    if (text === "�") return `byte ${this.tokens[id][0]}`;
    return text.replaceAll(" ", "␣").replaceAll("\n", "¶");
  }

  /**
   * Says a token in words, for who hears it.
   * @param {number} id
   */
  wordsOf(id) {
    const text = this.decode([id]);
    if (text === "\n") return "the end of the paragraph";
    if (text === " ") return "a space alone";
    return text === "�" ? this.nameOf(id) : `“${text.trim() || text}”${text.startsWith(" ") ? " after a space" : ""}`;
  }
}
