/* Pictures to change, drawn by the book's makers, and what may change the answer that each of them calls for. */

import { contextOf } from "../shared/drawing.js";
import { SIDE, fromBytes } from "./pixels.js";
import { TRANSFORMS } from "./transforms.js";

/** @import { Picture } from "./pixels.js" */
/** @import { Amounts, Strengths } from "./transforms.js" */

/**
 * When a transform goes further than `beyond`, on the scale of its strength, the label is in doubt.
 * @typedef {{transform: keyof Strengths, beyond: number, text: string}} Rule
 * @typedef {{color: string, path: string, width?: number}} Shape In a square of side 100; a line where it has a width.
 * @typedef {{name: string, label: string, rules: Rule[], shapes: Shape[]}} Sample
 */

/** @type {(x: number, y: number, radius: number) => string} */
const circle = (x, y, radius) => `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
/** @type {(x: number, y: number, width: number, height: number) => string} */
const box = (x, y, width, height) => `M${x} ${y}h${width}v${height}h${-width}z`;
/** @type {(transform: keyof Strengths, beyond: number, text: string) => Rule} */
const rule = (transform, beyond, text) => ({ transform, beyond, text });

/** @type {Record<string, Sample>} */
export const SAMPLES = {
  fish: {
    name: "A fish",
    label: "a fish",
    rules: [
      rule("crop", 0.8, "A fifth of the picture may be water without a fish."),
      rule("erasing", 0.35, "So large a box may hide what makes it a fish."),
    ],
    shapes: [
      { color: "#d7eefa", path: box(0, 0, 100, 100) },
      { color: "#d9741a", path: "M66 51L90 30Q84 51 92 72z" },
      { color: "#f0902c", path: "M8 52Q30 20 72 50Q34 86 8 52z" },
      { color: "#d9741a", path: "M32 35Q42 18 56 27Q56 36 50 38zM38 67Q44 82 55 78Q54 68 48 64z" },
      { color: "#ffffff", path: "M34 36Q42 52 35 68L42 66Q49 52 41 36z" },
      { color: "#ffffff", path: circle(22, 47, 5) },
      { color: "#222222", path: circle(21, 47, 2.6) },
    ],
  },
  six: {
    name: "The digit 6",
    label: "a 6",
    rules: [
      rule("flip", 0, "Mirrored, it is no digit any more."),
      rule("rotation", 75, "Turned so far it is no 6 any more; by half a circle it is a 9."),
      rule("crop", 0.7, "A piece of a 6 may be a piece of a 0, a 5 or an 8."),
      rule("erasing", 0.2, "Without its lower left it could be a 5, without its top a 0."),
      rule("shift", 0.25, "Half of it may be gone, and the rest be a 0."),
    ],
    shapes: [
      { color: "#ffffff", path: box(0, 0, 100, 100) },
      { color: "#1d2a44", path: `M64 16Q34 30 31 64${"A20 20 0 1 0 71 64A20 20 0 1 0 31 64"}`, width: 12 },
    ],
  },
  arrow: {
    name: "A sign: turn right",
    label: "“turn right”",
    rules: [
      rule("flip", 0, "Mirrored, it says: turn left."),
      rule("rotation", 45, "Turned so far, it points up, down or to the left: another sign."),
      rule("erasing", 0.25, "Without its head it points nowhere."),
      rule("crop", 0.75, "The head may be cut off."),
    ],
    shapes: [
      { color: "#ffffff", path: box(0, 0, 100, 100) },
      { color: "#1f5fb4", path: circle(50, 50, 45) },
      { color: "#ffffff", path: "M20 42H52V25L82 50L52 75V58H20z" },
    ],
  },
  exit: {
    name: "A sign with a word",
    label: "“EXIT”",
    rules: [
      rule("flip", 0, "Mirrored, the word cannot be read."),
      rule("rotation", 60, "People read it upright; a net that shall read it learns letters that it will not meet."),
      rule("crop", 0.5, "Half of the word is another word."),
      rule("shift", 0.2, "Letters are pushed out of the picture."),
      rule("blur", 3, "The letters run into each other."),
      rule("erasing", 0.1, "The box may cover a letter."),
    ],
    shapes: [
      { color: "#ffffff", path: box(0, 0, 100, 100) },
      { color: "#0c8a4b", path: box(4, 26, 92, 48) },
      { color: "#ffffff", path: "M13 64V36H29M13 50H26M13 64H29", width: 5 },
      { color: "#ffffff", path: "M36 35L55 65M55 35L36 65", width: 5 },
      { color: "#ffffff", path: "M64 35V65M71 37H92M81.5 37V65", width: 5 },
    ],
  },
  light: {
    name: "A traffic light",
    label: "“stop”",
    rules: [
      rule("hue", 0.2, "Red becomes another color, a third of the circle on green: stop becomes go."),
      rule("rotation", 90, "Upside down, the light is where green belongs."),
      rule("saturation", 0.85, "Gray, the light tells only by its place."),
      rule("brightness", 0.75, "So dark or so bright, nobody sees which light is on."),
      rule("erasing", 0.1, "The box may cover the light that is on."),
      rule("crop", 0.6, "The crop may miss the light that is on."),
      rule("shift", 0.3, "The red light may leave the picture."),
    ],
    shapes: [
      { color: "#cfe6f5", path: box(0, 0, 100, 100) },
      { color: "#5b6470", path: box(46, 80, 8, 20) },
      { color: "#22262d", path: "M34 6H66Q72 6 72 12V78Q72 84 66 84H34Q28 84 28 78V12Q28 6 34 6z" },
      { color: "#ef2b1f", path: circle(50, 22, 11) },
      { color: "#4a4218", path: circle(50, 46, 11) },
      { color: "#17401f", path: circle(50, 70, 11) },
    ],
  },
  apple: {
    name: "A red apple",
    label: "a red apple",
    rules: [
      rule("hue", 0.1, "Another hue is another sort: a green apple, or no apple at all."),
      rule("saturation", 0.9, "Gray, it is an apple, but no red one."),
      rule("brightness", 0.75, "Nearly black, or all white, it has no color."),
      rule("crop", 0.85, "A crop so small may show skin alone: a tomato has it, too."),
    ],
    shapes: [
      { color: "#ffffff", path: box(0, 0, 100, 100) },
      { color: "#d3222a", path: "M50 33Q34 20 20 32Q6 46 16 70Q26 94 42 92Q50 89 58 92Q74 94 84 70Q94 46 80 32Q66 20 50 33z" },
      { color: "#ee6a63", path: "M26 42Q18 50 22 62Q26 54 33 46Q32 39 26 42z" },
      { color: "#6b4423", path: "M50 34Q49 20 55 10", width: 5 },
      { color: "#4d9b3a", path: "M54 20Q66 4 82 12Q72 28 54 20z" },
    ],
  },
  clock: {
    name: "A clock at four",
    label: "“4 o’clock”",
    rules: [
      rule("flip", 0, "Mirrored, it shows 8 o’clock. As “a clock” it stays what it is."),
      rule("rotation", 14, "Turned by 30°, its hands tell another time. As “a clock” it stays what it is."),
      rule("erasing", 0.15, "The box may cover a hand."),
      rule("crop", 0.75, "A crop may lose the tip of a hand."),
    ],
    shapes: [
      { color: "#ffffff", path: box(0, 0, 100, 100) },
      { color: "#b3382c", path: circle(50, 50, 45) },
      { color: "#fdfaf2", path: circle(50, 50, 38) },
      { color: "#333333", path: "M50 15V22M50 78V85M15 50H22M78 50H85M32.5 19.7L35 24M67.5 19.7L65 24M19.7 32.5L24 35M80.3 32.5L76 35M32.5 80.3L35 76M67.5 80.3L65 76M19.7 67.5L24 65M80.3 67.5L76 65", width: 2.5 },
      { color: "#222222", path: "M50 50V24", width: 4 },
      { color: "#222222", path: "M50 50L68 60.4", width: 6 },
      { color: "#222222", path: circle(50, 50, 4) },
    ],
  },
  bus: {
    name: "A bus",
    label: "a bus",
    rules: [
      rule("crop", 0.85, "A wheel alone could be any car’s."),
      rule("erasing", 0.4, "So large a box may leave a wheel alone."),
    ],
    shapes: [
      { color: "#ffffff", path: box(0, 0, 100, 100) },
      { color: "#e9b419", path: "M10 24H88Q94 24 94 30V74H6V30Q6 24 10 24z" },
      { color: "#9fd0ee", path: `${box(12, 32, 14, 15)}${box(30, 32, 14, 15)}${box(48, 32, 14, 15)}${box(80, 32, 14, 20)}` },
      { color: "#7a4f0d", path: box(66, 32, 11, 42) },
      { color: "#9fd0ee", path: box(68, 34, 7, 22) },
      { color: "#c7921a", path: box(6, 56, 58, 4) },
      { color: "#24262b", path: `${circle(26, 74, 10)}${circle(72, 74, 10)}` },
      { color: "#b9bec6", path: `${circle(26, 74, 4)}${circle(72, 74, 4)}` },
    ],
  },
  face: {
    name: "A winking face",
    label: "a winking face",
    rules: [
      rule("erasing", 0.2, "The box may cover the eye that winks, and with it the answer."),
      rule("crop", 0.7, "A crop may leave out the eye that winks."),
      rule("shift", 0.3, "An eye may leave the picture."),
    ],
    shapes: [
      { color: "#ffffff", path: box(0, 0, 100, 100) },
      { color: "#fbc93c", path: circle(50, 50, 44) },
      { color: "#53320a", path: "M30 33Q36 33 36 42Q36 51 30 51Q24 51 24 42Q24 33 30 33z" },
      { color: "#53320a", path: "M60 44Q70 35 80 44", width: 5 },
      { color: "#53320a", path: "M26 64Q50 88 74 64", width: 5 },
    ],
  },
  ball: {
    name: "A ball in the corner",
    label: "a ball",
    rules: [
      rule("crop", 0.45, "A crop may leave the ball outside: grass that is called a ball."),
      rule("shift", 0.2, "The ball may be pushed out of the picture."),
      rule("zoom", 0.45, "Larger by half, the corner lies outside."),
      rule("erasing", 0.05, "The box may cover the ball."),
      rule("rotation", 25, "Turned, the corner lies outside, and the ball with it."),
    ],
    shapes: [
      { color: "#cbe6f7", path: box(0, 0, 100, 100) },
      { color: "#6fb257", path: box(0, 42, 100, 58) },
      { color: "#5a9c45", path: "M0 60H100M0 80H100", width: 3 },
      { color: "#e8601c", path: circle(84, 84, 12) },
      { color: "#5a2207", path: "M72 84H96M84 72V96M75.5 75.5Q84 84 75.5 92.5M92.5 75.5Q84 84 92.5 92.5", width: 1.6 },
    ],
  },
};

/**
 * What to ask of a picture that only the reader knows.
 * @type {Rule[]}
 */
export const QUESTIONS = [
  rule("flip", 0, "Is there writing, an arrow, a left and a right? Mirrored, they say something else."),
  rule("rotation", 30, "Would your camera ever see it turned so far, and does it mean the same then?"),
  rule("shift", 0.25, "Is what you call it by still inside?"),
  rule("zoom", 0.4, "Is what you call it by still inside, and large enough to be seen?"),
  rule("crop", 0.5, "Does every crop show what you call it by?"),
  rule("hue", 0.1, "Does the answer hang on a color, as with fruit, birds or signals?"),
  rule("saturation", 0.8, "Does the answer hang on a color?"),
  rule("brightness", 0.6, "Could you still tell it, so dark or so bright?"),
  rule("blur", 2.5, "Does the answer hang on something fine, as letters or fur?"),
  rule("erasing", 0.15, "May the box cover what you call it by?"),
];

/**
 * Gives the rules that some strengths may break.
 * @param {Rule[]} rules
 * @param {Strengths} strengths
 * @returns {Rule[]}
 */
export const inReach = (rules, strengths) => rules.filter(({ transform, beyond }) => strengths[transform] > beyond);

/**
 * Gives the rules that one draw breaks.
 * @param {Rule[]} rules
 * @param {Amounts} amounts
 * @returns {Rule[]}
 */
export const brokenBy = (rules, amounts) =>
  rules.filter(({ transform, beyond }) => TRANSFORMS[transform].size(amounts) > beyond);

/**
 * Draws a sample.
 * @param {string} key
 * @returns {Picture}
 */
export function sampleOf(key) {
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const context = contextOf(canvas, { willReadFrequently: true });
  context.scale(SIDE / 100, SIDE / 100);
  Object.assign(context, { lineCap: "round", lineJoin: "round" });
  for (const { color, path, width } of SAMPLES[key].shapes) {
    const shape = new Path2D(path);
    if (width) {
      Object.assign(context, { strokeStyle: color, lineWidth: width });
      context.stroke(shape);
    } else {
      context.fillStyle = color;
      context.fill(shape);
    }
  }
  return fromBytes(context.getImageData(0, 0, SIDE, SIDE).data, SIDE);
}
