/* From a drawing, dark on bright, to what the network knows: the steps of Lesson 2's photo, as
   academy.data.photo takes them. */

/** @typedef {{height: number, width: number, data: Float32Array}} Pixels Values from 0 to 1, row by row. */

const INK_LEVEL = 0.5; // ink is what is darker than this share of the darkest
const LEAST_CONTRAST = 0.1;
const SMALLEST_PIECE = 0.2; // of the largest piece's ink, for a piece to belong to the digit
const BOX = 20;
export const FRAME = 28;

/** @type {(height: number, width: number) => Pixels} */
const image = (height, width) => ({ height, width, data: new Float32Array(height * width) });
/** @type {(from: Pixels, change: (value: number, place: number) => number) => Pixels} */
const mapped = ({ height, width, data }, change) => ({ height, width, data: data.map(change) });
/** @param {Iterable<number>} values */
function largest(values) {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/**
 * Turns dark ink on bright paper into bright ink on black.
 * @param {Pixels} from
 * @returns {Pixels}
 */
export const invert = (from) => mapped(from, (value) => 1 - value);

/**
 * Sets to 0 what is not ink; the brightest ink becomes 1. Null where nothing is written.
 * @param {Pixels} from
 * @returns {Pixels|null}
 */
export function dropPaper(from) {
  const brightest = largest(from.data);
  if (brightest < LEAST_CONTRAST) return null;
  return mapped(from, (value) => (value > INK_LEVEL * brightest ? value / brightest : 0));
}

/**
 * Keeps the piece with the most ink and those with a fifth of it or more.
 * @param {Pixels} from
 * @returns {Pixels}
 */
export function dropSpecks(from) {
  const pieces = new Int32Array(from.data.length);
  const ink = [0];
  for (let place = 0; place < pieces.length; place++) {
    if (from.data[place] > 0 && !pieces[place]) ink.push(fill(from, pieces, place, ink.length));
  }
  const least = SMALLEST_PIECE * largest(ink);
  return mapped(from, (value, place) => (ink[pieces[place]] >= least ? value : 0));
}

/**
 * Numbers all ink that hangs together with a place, corners included, and gives its sum.
 * @param {Pixels} from
 * @param {Int32Array} pieces Their numbers, written here.
 * @param {number} start
 * @param {number} number
 */
function fill({ height, width, data }, pieces, start, number) {
  const waiting = [start];
  let sum = 0;
  pieces[start] = number;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    sum += data[place];
    const [row, column] = [Math.floor(place / width), place % width];
    for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
        const next = r * width + c;
        if (data[next] > 0 && !pieces[next]) {
          pieces[next] = number;
          waiting.push(next);
        }
      }
    }
  }
  return sum;
}

/**
 * Cuts out the smallest box that holds all ink.
 * @param {Pixels} from
 * @returns {Pixels}
 */
export function crop(from) {
  let [top, bottom, left, right] = [from.height, -1, from.width, -1];
  from.data.forEach((value, place) => {
    if (!value) return;
    const [row, column] = [Math.floor(place / from.width), place % from.width];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  });
  const to = image(bottom - top + 1, right - left + 1);
  for (let row = 0; row < to.height; row++) {
    const start = (top + row) * from.width + left;
    to.data.set(from.data.subarray(start, start + to.width), row * to.width);
  }
  return to;
}

/**
 * Scales so that the longer side is 20 pixels, keeping the shape.
 * @param {Pixels} from
 * @returns {Pixels}
 */
export function fitBox(from) {
  const factor = BOX / Math.max(from.height, from.width);
  const [height, width] = [from.height, from.width].map((side) => Math.max(1, roundHalfEven(side * factor)));
  return resizedRows(transposed(resizedRows(transposed(from), width)), height);
}

/**
 * Rounds as Python does.
 * @param {number} value
 */
function roundHalfEven(value) {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
}

/** @param {Pixels} from */
function transposed({ height, width, data }) {
  const to = image(width, height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) to.data[column * height + row] = data[row * width + column];
  }
  return to;
}

/**
 * Weighs the rows around each new one by a triangle as wide as the new rows are apart, as
 * torch.nn.functional.interpolate does with bilinear mode and antialiasing.
 * @param {Pixels} from
 * @param {number} height
 */
function resizedRows(from, height) {
  const to = image(height, from.width);
  const scale = from.height / height;
  const reach = Math.max(1, scale);
  for (let row = 0; row < height; row++) {
    const middle = scale * (row + 0.5);
    const first = Math.max(0, Math.trunc(middle - reach + 0.5));
    const last = Math.min(from.height, Math.trunc(middle + reach + 0.5));
    const weights = Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k - middle + 0.5) / reach)),
    );
    const total = weights.reduce((a, b) => a + b);
    for (let column = 0; column < from.width; column++) {
      let sum = 0;
      weights.forEach((weight, k) => (sum += weight * from.data[(first + k) * from.width + column]));
      to.data[row * from.width + column] = Math.max(0, Math.min(1, sum / total));
    }
  }
  return to;
}

/**
 * Lays it into 28 by 28 pixels with its center of mass in the middle, as far as it fits.
 * @param {Pixels} from
 * @returns {Pixels}
 */
export function center(from) {
  let [mass, down, across] = [0, 0, 0];
  from.data.forEach((value, place) => {
    mass += value;
    down += value * (Math.floor(place / from.width) + 0.5);
    across += value * ((place % from.width) + 0.5);
  });
  return placed(from, offset(down / mass, from.height), offset(across / mass, from.width));
}

/** @type {(middle: number, side: number) => number} */
const offset = (middle, side) => Math.min(Math.max(Math.floor(FRAME / 2 - middle + 0.5), 0), FRAME - side);

/**
 * Lays an image into the frame.
 * @param {Pixels} from
 * @param {number} top
 * @param {number} left
 */
function placed(from, top, left) {
  const to = image(FRAME, FRAME);
  for (let row = 0; row < from.height; row++) {
    to.data.set(from.data.subarray(row * from.width, (row + 1) * from.width), (top + row) * FRAME + left);
  }
  return to;
}

/**
 * Moves what lies in the frame, after all steps; what leaves it is lost.
 * @param {Pixels} from
 * @param {number} down
 * @param {number} across
 * @returns {Pixels}
 */
export function shifted(from, down, across) {
  const to = image(FRAME, FRAME);
  for (let row = 0; row < FRAME; row++) {
    for (let column = 0; column < FRAME; column++) {
      const [r, c] = [row - down, column - across];
      if (r >= 0 && r < FRAME && c >= 0 && c < FRAME) to.data[row * FRAME + column] = from.data[r * FRAME + c];
    }
  }
  return to;
}

/** All steps in order; null from one ends them. */
export const STEPS = { invert, dropPaper, dropSpecks, crop, fitBox, center };

/**
 * Gives an image without ink.
 * @returns {Pixels}
 */
export const blank = () => image(FRAME, FRAME);

/**
 * Takes all steps.
 * @param {Pixels} paper Dark ink on bright paper.
 * @returns {Record<string, Pixels>|null} The image after each step; null where nothing is written.
 */
export function prepare(paper) {
  /** @type {Record<string, Pixels>} */
  const stages = {};
  /** @type {Pixels|null} */
  let current = paper;
  for (const [name, step] of Object.entries(STEPS)) {
    current = step(current);
    if (!current) return null;
    stages[name] = current;
  }
  return stages;
}
