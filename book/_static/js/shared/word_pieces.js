/* Text cut into the word pieces of a BERT without capitals, as Hugging Face's tokenizer cuts it. */

const MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const MARK = /(\[(?:PAD|UNK|CLS|SEP|MASK)\])/;
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}�]/gu;
const PUNCTUATION = /[!-/:-@[-`{-~]|\p{P}/u;
/* Signs that are words of their own in Chinese and Japanese. */
const IDEOGRAPH = /[一-鿿㐀-䶿\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}豈-﫿\u{2F800}-\u{2FA1F}]/gu;
const LONGEST_WORD = 100; // characters; what is longer is unknown as a whole
const CONTINUED = "##";

export class WordPieces {
  /**
   * @param {string[]} vocabulary Each piece at its number.
   * @param {number} most Pieces that are read of a text, with the marks around it.
   */
  constructor(vocabulary, most) {
    this.numbers = new Map(vocabulary.map((piece, number) => [piece, number]));
    this.most = most;
  }

  /**
   * Gives the numbers of a text's pieces, with the marks around it.
   * @param {string} text
   * @returns {number[]}
   */
  numbersOf(text) {
    return ["[CLS]", ...this.piecesOf(text).slice(0, this.most - 2), "[SEP]"].map((piece) => /** @type {number} */ (this.numbers.get(piece)));
  }

  /**
   * Cuts a text into pieces.
   * @param {string} text
   * @returns {string[]}
   */
  piecesOf(text) {
    return text.split(MARK).flatMap((part) => (MARKS.includes(part) ? [part] : wordsOf(part).flatMap((word) => this.cut(word))));
  }

  /**
   * Cuts a word: the longest piece that it begins with, then the longest that goes on.
   * @param {string} word
   * @returns {string[]}
   */
  cut(word) {
    const letters = [...word];
    if (letters.length > LONGEST_WORD) return ["[UNK]"];
    const pieces = [];
    for (let start = 0; start < letters.length; ) {
      let end = letters.length;
      /** @param {number} until */
      const piece = (until) => (start ? CONTINUED : "") + letters.slice(start, until).join("");
      while (end > start && !this.numbers.has(piece(end))) end--;
      if (end === start) return ["[UNK]"];
      pieces.push(piece(end));
      start = end;
    }
    return pieces;
  }

  /**
   * Tells whether anything of a text is known, other than signs.
   * @param {string} text
   */
  knows(text) {
    return this.piecesOf(text).some((piece) => !MARKS.includes(piece) && /[\p{L}\p{N}]/u.test(piece));
  }
}

/**
 * Gives the words of a text in small letters, without accents; each punctuation mark is a word.
 * @param {string} text
 * @returns {string[]}
 */
function wordsOf(text) {
  const spaced = text.replace(UNSEEN, "").replace(IDEOGRAPH, " $& ");
  const plain = [...spaced.normalize("NFD").replace(/\p{Mn}/gu, "")].map((letter) => letter.toLowerCase()).join("");
  return plain.split(/\s+/u).flatMap((word) => word.split(new RegExp(`(${PUNCTUATION.source})`, "u"))).filter(Boolean);
}
