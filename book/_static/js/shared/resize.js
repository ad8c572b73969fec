/* A picture as the network was shown pictures: as torchvision's Resize and CenterCrop make it of floats. */

/** @typedef {{height: number, width: number, data: Float32Array}} Pixels Red, then green, then blue; each row by row. */

export const CHANNELS = 3;
const SHARPNESS = -0.5; // of the cubic curve
const REACH = 2; // pixels, where none are left out

/** @type {(height: number, width: number) => Pixels} */
const picture = (height, width) => ({ height, width, data: new Float32Array(CHANNELS * height * width) });

/**
 * Resizes the shorter side, and cuts out the middle.
 * @param {Pixels} from
 * @param {number} side
 * @returns {Pixels}
 */
export function fitted(from, side) {
  const shorter = Math.min(from.height, from.width);
  const [height, width] = [from.height, from.width].map((each) => Math.trunc((side * each) / shorter));
  return middle(transposed(resizedRows(transposed(resizedRows(from, height)), width)), side);
}

/**
 * @param {Pixels} from
 * @param {number} side
 */
function middle(from, side) {
  const to = picture(side, side);
  const [top, left] = [from.height, from.width].map((each) => roundHalfEven((each - side) / 2));
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let row = 0; row < side; row++) {
      const start = (channel * from.height + top + row) * from.width + left;
      to.data.set(from.data.subarray(start, start + side), (channel * side + row) * side);
    }
  }
  return to;
}

/**
 * Rounds as Python does.
 * @param {number} value Not negative.
 */
function roundHalfEven(value) {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
}

/** @param {Pixels} from */
function transposed({ height, width, data }) {
  const to = picture(width, height);
  for (let channel = 0; channel < CHANNELS; channel++) {
    const start = channel * height * width;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) to.data[start + column * height + row] = data[start + row * width + column];
    }
  }
  return to;
}

/**
 * Weighs the rows around each new one by a cubic curve that is wider the more rows are left out.
 * @param {Pixels} from
 * @param {number} height
 */
function resizedRows(from, height) {
  const to = picture(height, from.width);
  const scale = from.height / height;
  const stretch = Math.max(1, scale);
  for (let row = 0; row < height; row++) {
    const center = scale * (row + 0.5);
    const first = Math.max(0, Math.trunc(center - REACH * stretch + 0.5));
    const last = Math.min(from.height, Math.trunc(center + REACH * stretch + 0.5));
    const weights = Array.from({ length: last - first }, (_, k) => cubic((first + k - center + 0.5) / stretch));
    const total = weights.reduce((sum, weight) => sum + weight);
    for (let channel = 0; channel < CHANNELS; channel++) {
      const start = (channel * from.height + first) * from.width;
      for (let column = 0; column < from.width; column++) {
        let sum = 0;
        weights.forEach((weight, k) => (sum += weight * from.data[start + k * from.width + column]));
        to.data[(channel * height + row) * from.width + column] = sum / total;
      }
    }
  }
  return to;
}

/** @param {number} distance In pixels. */
function cubic(distance) {
  const x = Math.abs(distance);
  if (x < 1) return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * SHARPNESS : 0;
}
