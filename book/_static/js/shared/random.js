/* Chance that repeats: the same seed and purpose give the same numbers in every browser. */

const UNIT = 2 ** -32;

/**
 * Mixes text into 32 bits (FNV-1a), so that each purpose has a stream of its own.
 * @param {string} text
 */
function hashed(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  return hash >>> 0;
}

/** A stream of random numbers: the generator sfc32 of Chris Doty-Humphrey's PractRand. */
export class Random {
  /** @param {...(number|string)} key Seed and purpose. */
  constructor(...key) {
    this.a = hashed(`a ${key}`);
    this.b = hashed(`b ${key}`);
    this.c = hashed(`c ${key}`);
    this.counter = 1;
    /** @type {number|null} */
    this.spare = null;
    for (let round = 0; round < 15; round++) this.next();
  }

  /** Gives a number in [0, 1). */
  next() {
    const sum = (((this.a + this.b) | 0) + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) * UNIT;
  }

  /** Gives a standard Gaussian number, by Box and Muller's method. */
  normal() {
    if (this.spare !== null) {
      const spare = this.spare;
      this.spare = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Gives the numbers 0 … count − 1 in random order, by Fisher and Yates' method.
   * @param {number} count
   */
  permutation(count) {
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = Math.floor(this.next() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }
}
