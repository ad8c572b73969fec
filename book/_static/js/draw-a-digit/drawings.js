/* Fifty drawings to test the network with: each digit in five styles of writing, set down point by point
   by the book's makers and varied by chance. They are nobody's real handwriting, and the network was not
   trained on them. */

import { Random } from "../shared/random.js";

/** @import { Drawing } from "../shared/strokes.js" */

/* Each style: lean (sideways shift per height), width of a digit per height, its height and middle on the
   paper, the pen's width, how much the hand shakes; then the strokes of 0 to 9, points in percent of a box,
   strokes apart by “/”, a point twice for a corner. */
/**
 * @typedef {{lean: number, aspect: number, height: number, middle: number[], pen: number, shake: number}} Hand
 * @type {Record<string, Hand & {digits: string[]}>}
 */
const STYLES = {
  round: {
    lean: 0, aspect: 0.72, height: 0.62, middle: [0.5, 0.5], pen: 0.085, shake: 0.008,
    digits: [
      "52,2 22,10 5,38 6,68 26,95 58,99 88,80 97,48 86,14 52,2",
      "50,0 49,35 50,70 50,100",
      "8,26 22,6 52,0 82,12 85,34 62,58 30,82 6,97 6,97 40,96 95,95",
      "10,12 40,0 78,8 82,30 48,46 48,46 84,56 92,80 62,99 28,98 6,84",
      "26,0 18,30 10,56 10,56 50,58 94,56/70,30 68,60 67,100",
      "18,4 15,24 14,44 14,44 46,36 80,48 90,72 68,96 36,100 8,86/18,4 50,4 86,2",
      "72,2 38,20 14,52 12,80 36,99 68,96 86,76 72,54 42,52 16,70",
      "6,6 44,5 92,4 92,4 70,36 50,68 38,100",
      "78,12 46,0 18,14 24,34 56,50 82,72 70,96 38,99 16,82 28,60 62,42 82,24 78,12",
      "82,20 56,0 22,10 14,34 38,50 68,42 82,20 82,20 80,52 74,80 66,100",
    ],
  },
  slanted: {
    lean: 0.28, aspect: 0.6, height: 0.5, middle: [0.46, 0.55], pen: 0.06, shake: 0.01,
    digits: [
      "60,0 28,12 8,46 14,82 44,100 78,84 94,46 84,10 56,2",
      "30,22 58,0 58,0 56,50 55,100",
      "12,22 38,0 76,8 78,34 44,66 8,96 8,96 36,88 60,96 96,90",
      "14,8 50,0 84,14 70,38 36,48 36,48 76,54 84,82 48,100 6,92",
      "62,0 34,32 6,66 6,66 50,66 98,66/72,40 70,70 66,100",
      "86,2 50,2 26,4 26,4 22,24 18,42 18,42 54,36 84,54 76,84 40,100 4,90",
      "66,0 34,26 12,60 20,92 54,98 80,78 70,58 40,58 16,76",
      "10,10 20,2 56,6 96,2 96,2 66,44 40,100/28,52 54,50 82,48",
      "70,8 36,4 22,24 48,44 76,66 70,92 36,100 14,82 34,58 66,38 84,18 66,6",
      "84,16 54,0 20,18 22,44 56,48 84,22 84,22 78,58 56,100",
    ],
  },
  broad: {
    lean: -0.12, aspect: 0.95, height: 0.7, middle: [0.52, 0.48], pen: 0.12, shake: 0.006,
    digits: [
      "46,0 14,16 0,50 12,84 48,100 84,86 100,52 88,18 50,0 40,2",
      "52,0 52,30 50,66 50,100",
      "6,30 14,8 46,0 80,8 88,30 70,54 36,76 8,92 8,92 30,84 52,92 98,98",
      "8,18 34,0 74,6 80,28 56,44 36,46 36,46 74,50 94,72 72,96 34,100 4,84",
      "20,2 16,28 12,52 12,52 46,54 90,52/78,8 76,50 74,100",
      "90,4 54,4 16,6 16,6 16,26 14,42 14,42 50,34 88,50 92,76 62,98 26,98 4,82",
      "80,6 46,12 16,40 8,74 32,98 70,98 92,76 78,54 44,52 14,70",
      "4,8 50,6 96,6 96,6 76,40 58,70 50,100",
      "50,2 20,12 24,36 50,48 84,66 86,90 50,100 14,90 18,66 50,48 78,34 80,12 50,2",
      "88,24 60,2 22,8 8,32 34,52 70,46 88,24 88,24 90,58 78,86 48,100 16,92",
    ],
  },
  narrow: {
    lean: 0.08, aspect: 0.45, height: 0.78, middle: [0.55, 0.5], pen: 0.055, shake: 0.007,
    digits: [
      "50,0 16,14 4,48 14,86 50,100 86,86 96,50 86,14 56,0",
      "54,0 52,50 50,100",
      "10,20 40,0 84,10 86,32 52,62 10,98 10,98 54,98 98,97",
      "10,8 52,0 88,14 80,38 36,46 36,46 86,56 94,82 54,100 6,92",
      "30,0 18,32 6,60 6,60 52,60 98,58/74,34 74,66 74,100",
      "22,2 18,22 14,46 14,46 56,40 92,60 82,90 44,100 6,92/22,2 58,2 94,0",
      "70,0 26,30 8,66 24,96 66,98 94,78 78,58 36,58 10,76",
      "4,4 50,4 96,3 96,3 66,50 44,100",
      "54,0 16,12 22,36 58,50 92,72 70,98 30,98 8,78 30,56 66,42 86,20 54,0",
      "90,18 52,0 12,16 16,42 56,50 90,22 90,22 86,60 80,100",
    ],
  },
  shaky: {
    lean: 0.12, aspect: 0.75, height: 0.42, middle: [0.42, 0.44], pen: 0.065, shake: 0.03,
    digits: [
      "54,4 20,8 2,40 12,82 46,100 82,88 98,50 80,12 46,0",
      "46,0 50,24 52,60 56,100",
      "4,24 30,2 70,2 90,24 66,54 32,78 4,100 4,100 48,94 96,98",
      "12,4 48,4 84,4 84,4 62,24 44,40 44,40 82,52 90,80 54,100 6,88",
      "36,0 22,30 4,60 4,60 48,62 96,58/60,34 62,66 58,100",
      "88,0 52,2 20,2 20,2 16,22 16,40 16,40 52,34 86,52 86,80 50,100 6,88",
      "58,0 28,24 10,58 18,90 52,100 84,86 84,62 50,54 16,68",
      "8,2 46,4 94,0 94,0 72,32 58,64 54,100",
      "62,2 26,6 18,26 50,46 80,66 76,94 38,100 14,84 34,58 66,42 84,20 62,2",
      "78,12 44,0 12,16 18,44 54,50 82,28 82,28 74,62 66,100",
    ],
  },
};
const BETWEEN = 8; // points between two that are given

/**
 * All drawings: digit, style, strokes in a square of side 1, and the pen's width.
 * @returns {(Drawing & {digit: number, style: string})[]}
 */
export function drawings() {
  return Object.entries(STYLES).flatMap(([style, { digits, ...hand }]) =>
    digits.map((text, digit) => ({ digit, style, width: hand.pen, strokes: strokesOf(text, hand, new Random(style, digit)) })),
  );
}

/**
 * Sets a digit down in a style, varied by chance.
 * @param {string} text
 * @param {Hand} hand
 * @param {Random} random
 */
function strokesOf(text, { lean, aspect, height, middle, shake }, random) {
  /** @type {(value: number, most: number) => number} */
  const near = (value, most) => value + most * (2 * random.next() - 1);
  const hand = { lean: near(lean, 0.15), aspect: near(aspect, 0.15 * aspect), height: near(height, 0.15 * height) };
  const [x0, y0] = middle.map((value) => near(value, 0.06));
  return text.split("/").map((stroke) => {
    const given = stroke.split(" ").map((pair) => pair.split(",").map((value) => Number(value) / 100 - 0.5));
    const shaken = given.map((point) => point.map((value) => value + shake * random.normal()));
    return smooth(shaken).map(([x, y]) => [
      x0 + hand.height * (x * hand.aspect - y * hand.lean),
      y0 + hand.height * y,
    ]);
  });
}

/**
 * Gives Catmull and Rom's curve through all points.
 * @param {number[][]} points
 */
function smooth(points) {
  /** @param {number} k */
  const at = (k) => points[Math.max(0, Math.min(points.length - 1, k))];
  const curve = [points[0]];
  for (let k = 0; k + 1 < points.length; k++) {
    const [a, b, c, d] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
    for (let n = 1; n <= BETWEEN; n++) {
      const t = n / BETWEEN;
      curve.push(
        [0, 1].map(
          (axis) =>
            0.5 * (2 * b[axis] + (c[axis] - a[axis]) * t + (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t ** 2 +
              (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t ** 3),
        ),
      );
    }
  }
  return curve;
}
