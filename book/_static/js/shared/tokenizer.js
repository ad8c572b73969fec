/* Texts cut into MiniLM's word pieces, as the library does it: cleaned, in small letters, without accents; words and
   marks; then of each word the longest known piece, and of its rest again. */

/** @typedef {{piece: string, id: number}} Piece */

const SPECIAL = /(\[(?:PAD|UNK|CLS|SEP|MASK)\])/;
const LONGEST_WORD = 100; // characters; what is longer is unknown
const [START, END, UNKNOWN] = ["[CLS]", "[SEP]", "[UNK]"];

/* The library's table of Unicode is older than a browser's, and knows less of rare scripts, of which no piece is made. */
const SPACE = /\p{White_Space}/u;
const LEFT_OUT = /(?![\t\n\r])[\uFFFD\p{Cc}\p{Cf}\p{Co}]/u;
const MARK = /[!-/:-@[-`{-~\p{P}]/u;
const ACCENT = /\p{Mn}/u;
/** @type {[number, number][]} Chinese characters, each a word. */
const CHINESE = [
  [0x4e00, 0x9fff], [0x3400, 0x4dbf], [0x20000, 0x2a6df], [0x2a700, 0x2b73f], [0x2b740, 0x2b81f], [0x2b920, 0x2ceaf],
  [0xf900, 0xfaff], [0x2f800, 0x2fa1f],
];

export class Tokenizer {
  /** @param {string[]} pieces All that are known, by id. */
  constructor(pieces) {
    this.ids = new Map(pieces.map((piece, id) => [piece, id]));
  }

  /**
   * Cuts a text.
   * @param {string} text
   * @returns {Piece[]} The two marks around it included.
   */
  cut(text) {
    const found = text.split(SPECIAL).flatMap((part) =>
      SPECIAL.test(part) ? [part] : wordsOf(part).flatMap((word) => this.piecesOf(word)),
    );
    return [START, ...found, END].map((piece) => ({ piece, id: /** @type {number} */ (this.ids.get(piece)) }));
  }

  /**
   * Cuts a word; one of which some part is unknown is unknown altogether.
   * @param {string} word
   * @returns {string[]}
   */
  piecesOf(word) {
    const characters = [...word];
    if (characters.length > LONGEST_WORD) return [UNKNOWN];
    const pieces = [];
    for (let start = 0; start < characters.length; ) {
      let end = characters.length;
      /** @type {(end: number) => string} */
      const piece = (end) => (start ? "##" : "") + characters.slice(start, end).join("");
      while (end > start && !this.ids.has(piece(end))) end--;
      if (end === start) return [UNKNOWN];
      pieces.push(piece(end));
      start = end;
    }
    return pieces;
  }
}

/**
 * Cuts a text into words and marks.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const words = [""];
  for (const character of plain(text)) {
    if (SPACE.test(character)) words.push("");
    else if (MARK.test(character)) words.push(character, "");
    else words[words.length - 1] += character;
  }
  return words.filter(Boolean);
}

/**
 * Leaves out what is not seen, and accents; makes letters small, and room around Chinese characters.
 * @param {string} text
 */
function plain(text) {
  const kept = [...text].filter((character) => !LEFT_OUT.test(character));
  const roomy = kept.map((character) => (isChinese(character) ? ` ${character} ` : character)).join("");
  const bare = [...roomy.normalize("NFD")].filter((character) => !ACCENT.test(character));
  return bare.map((character) => character.toLowerCase()).join(""); // one by one: a sigma at the end stays as it is
}

/** @param {string} character */
function isChinese(character) {
  const code = /** @type {number} */ (character.codePointAt(0));
  return CHINESE.some(([first, last]) => first <= code && code <= last);
}
