/* The transforms that the page knows: how strong each may be, what it draws at random, and how large that is. */

import { SIDE } from "./pixels.js";

/** @import { Random } from "../shared/random.js" */

/**
 * How strong each transform may become; 0 leaves it out.
 * @typedef {Record<"flip"|"rotation"|"shift"|"zoom"|"crop"|"brightness"|"contrast"|"saturation"|"hue"|"blur"|"erasing", number>} Strengths
 */
/**
 * What is done to one picture, in the order of the list. `order` is the place of the four colors' order among
 * the 24 that there are.
 * @typedef {Record<"flip"|"angle"|"right"|"down"|"scale"|"cropTop"|"cropLeft"|"cropHeight"|"cropWidth"|"order"|
 *     "brightness"|"contrast"|"saturation"|"hue"|"sigma"|"eraseTop"|"eraseLeft"|"eraseHeight"|"eraseWidth", number>} Amounts
 */
/** @typedef {{label: string, least: number, most: number, step: number}} Range Of an amount, to choose by hand. */
/**
 * @typedef {object} Transform
 * @property {string} label
 * @property {number} most The largest strength.
 * @property {number} step
 * @property {(strength: number) => string} range What may happen, in short.
 * @property {(chance: Random, strength: number) => Partial<Amounts>} draw As torchvision draws.
 * @property {(amounts: Amounts) => number} size How far it goes, on the scale of the strength.
 * @property {(amounts: Amounts) => string} words What was done, for a reader.
 * @property {(strength: number) => Partial<Record<keyof Amounts, Range>>} byHand
 */

const RATIO = [3 / 4, 4 / 3]; // of a crop's sides, as RandomResizedCrop has it
const ERASED_RATIO = [0.3, 3.3]; // as RandomErasing has it
export const LEAST_ERASED = 0.02;
export const LEAST_SIGMA = 0.1;
const TRIES = 10;

/** @type {Readonly<Amounts>} */
export const NEUTRAL = Object.freeze({
  flip: 0, angle: 0, right: 0, down: 0, scale: 1, cropTop: 0, cropLeft: 0, cropHeight: SIDE, cropWidth: SIDE, order: 0,
  brightness: 1, contrast: 1, saturation: 1, hue: 0, sigma: 0, eraseTop: 0, eraseLeft: 0, eraseHeight: 0, eraseWidth: 0,
});

/** @type {(value: number, decimals: number) => number} */
export const rounded = (value, decimals) => Number(value.toFixed(decimals)) + 0; // no −0
/** @type {(chance: Random, least: number, most: number) => number} */
const uniform = (chance, least, most) => least + (most - least) * chance.next();
/** @type {(share: number) => string} */
const percent = (share) => `${Math.round(100 * share)}%`;
/** @type {(value: number, unit: string) => string} */
const signed = (value, unit) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)}${unit}`;

/**
 * Draws a box inside the picture; null where ten tries bring none that fits.
 * @param {Random} chance
 * @param {number[]} shares Of the picture's area, least and most.
 * @param {number[]} ratios Width by height, least and most.
 * @param {number} most Pixels along a side.
 */
function boxOf(chance, shares, ratios, most) {
  for (let tried = 0; tried < TRIES; tried++) {
    const area = SIDE * SIDE * uniform(chance, shares[0], shares[1]);
    const ratio = Math.exp(uniform(chance, Math.log(ratios[0]), Math.log(ratios[1])));
    const [width, height] = [Math.round(Math.sqrt(area * ratio)), Math.round(Math.sqrt(area / ratio))];
    if (Math.min(width, height) > 0 && Math.max(width, height) <= most) {
      const top = Math.floor(chance.next() * (SIDE - height + 1));
      return { top, left: Math.floor(chance.next() * (SIDE - width + 1)), height, width };
    }
  }
  return null;
}

/**
 * A factor around 1: brightness, contrast, saturation.
 * @param {"brightness"|"contrast"|"saturation"} name
 * @param {string} label
 * @returns {Transform}
 */
const factor = (name, label) => ({
  label, most: 1, step: 0.05,
  range: (strength) => `× ${rounded(1 - strength, 2)} to ${rounded(1 + strength, 2)}`,
  draw: (chance, strength) => ({ [name]: rounded(uniform(chance, 1 - strength, 1 + strength), 2) }),
  size: (amounts) => Math.abs(amounts[name] - 1),
  words: (amounts) => (amounts[name] === 1 ? "" : `${name} × ${amounts[name]}`),
  byHand: (strength) => ({
    [name]: { label: `${label} factor`, least: rounded(1 - strength, 2), most: rounded(1 + strength, 2), step: 0.01 },
  }),
});

/** @type {Record<keyof Strengths, Transform>} */
export const TRANSFORMS = {
  flip: {
    label: "Mirror left to right", most: 1, step: 0.1,
    range: (strength) => `${percent(strength)} of them`,
    draw: (chance, strength) => ({ flip: Number(chance.next() < strength) }),
    size: ({ flip }) => flip,
    words: ({ flip }) => (flip ? "mirrored" : ""),
    byHand: () => ({ flip: { label: "Mirror (0 or 1)", least: 0, most: 1, step: 1 } }),
  },
  rotation: {
    label: "Rotate", most: 180, step: 5,
    range: (strength) => `−${strength}° to ${strength}°`,
    draw: (chance, strength) => ({ angle: rounded(uniform(chance, -strength, strength), 1) }),
    size: ({ angle }) => Math.abs(angle),
    words: ({ angle }) => (angle ? `turned ${signed(angle, "°")}` : ""),
    byHand: (strength) => ({ angle: { label: "Angle, degrees", least: -strength, most: strength, step: 0.1 } }),
  },
  shift: {
    label: "Shift", most: 0.5, step: 0.05,
    range: (strength) => `up to ${percent(strength)} of a side`,
    draw: (chance, strength) => ({
      right: Math.round(uniform(chance, -strength * SIDE, strength * SIDE)) + 0,
      down: Math.round(uniform(chance, -strength * SIDE, strength * SIDE)) + 0,
    }),
    size: ({ right, down }) => Math.max(Math.abs(right), Math.abs(down)) / SIDE,
    words: ({ right, down }) => (right || down ? `moved ${signed(right, "")}, ${signed(down, "")} pixels` : ""),
    byHand: (strength) => {
      const most = Math.round(strength * SIDE);
      return {
        right: { label: "To the right, pixels", least: -most, most, step: 1 },
        down: { label: "Down, pixels", least: -most, most, step: 1 },
      };
    },
  },
  zoom: {
    label: "Scale", most: 0.6, step: 0.05,
    range: (strength) => `× ${rounded(1 - strength, 2)} to ${rounded(1 + strength, 2)}`,
    draw: (chance, strength) => ({ scale: rounded(uniform(chance, 1 - strength, 1 + strength), 2) }),
    size: ({ scale }) => Math.abs(scale - 1),
    words: ({ scale }) => (scale === 1 ? "" : `scaled × ${scale}`),
    byHand: (strength) => ({
      scale: { label: "Scale factor", least: rounded(1 - strength, 2), most: rounded(1 + strength, 2), step: 0.01 },
    }),
  },
  crop: {
    label: "Crop, then resize", most: 0.95, step: 0.05,
    range: (strength) => `at least ${percent(1 - strength)} is kept`,
    draw(chance, strength) {
      const box = boxOf(chance, [1 - strength, 1], RATIO, SIDE) ?? { top: 0, left: 0, height: SIDE, width: SIDE };
      return { cropTop: box.top, cropLeft: box.left, cropHeight: box.height, cropWidth: box.width };
    },
    size: ({ cropHeight, cropWidth }) => 1 - (cropHeight * cropWidth) / SIDE ** 2,
    words: (amounts) => (isWhole(amounts) ? "" : `cropped to ${percent(1 - TRANSFORMS.crop.size(amounts))}`),
    byHand: () => ({
      cropTop: { label: "Crop: top", least: 0, most: SIDE - 1, step: 1 },
      cropLeft: { label: "Crop: left", least: 0, most: SIDE - 1, step: 1 },
      cropHeight: { label: "Crop: height", least: 8, most: SIDE, step: 1 },
      cropWidth: { label: "Crop: width", least: 8, most: SIDE, step: 1 },
    }),
  },
  brightness: factor("brightness", "Brightness"),
  contrast: factor("contrast", "Contrast"),
  saturation: factor("saturation", "Saturation"),
  hue: {
    label: "Hue", most: 0.5, step: 0.05,
    range: (strength) => `−${strength} to ${strength} circles`,
    draw: (chance, strength) => ({ hue: rounded(uniform(chance, -strength, strength), 2) }),
    size: ({ hue }) => Math.abs(hue),
    words: ({ hue }) => (hue ? `hue ${signed(hue, "")}` : ""),
    byHand: (strength) => ({ hue: { label: "Hue, circles", least: -strength, most: strength, step: 0.01 } }),
  },
  blur: {
    label: "Gaussian blur", most: 4, step: 0.5,
    range: (strength) => `σ ${LEAST_SIGMA} to ${strength} pixels`,
    draw: (chance, strength) => ({ sigma: rounded(uniform(chance, LEAST_SIGMA, strength), 2) }),
    size: ({ sigma }) => sigma,
    words: ({ sigma }) => (sigma ? `blurred, σ = ${sigma}` : ""),
    byHand: (strength) => ({ sigma: { label: "Blur σ, pixels", least: LEAST_SIGMA, most: strength, step: 0.01 } }),
  },
  erasing: {
    label: "Erase a box", most: 0.6, step: 0.05,
    range: (strength) => `half of them, ${percent(LEAST_ERASED)} to ${percent(strength)}`,
    draw(chance, strength) {
      const box = chance.next() < 0.5 ? boxOf(chance, [LEAST_ERASED, strength], ERASED_RATIO, SIDE - 1) : null;
      return box ? { eraseTop: box.top, eraseLeft: box.left, eraseHeight: box.height, eraseWidth: box.width } : {};
    },
    size: ({ eraseHeight, eraseWidth }) => (eraseHeight * eraseWidth) / SIDE ** 2,
    words: (amounts) => (TRANSFORMS.erasing.size(amounts) ? `${percent(TRANSFORMS.erasing.size(amounts))} erased` : ""),
    byHand: () => ({
      eraseTop: { label: "Erased box: top", least: 0, most: SIDE - 1, step: 1 },
      eraseLeft: { label: "Erased box: left", least: 0, most: SIDE - 1, step: 1 },
      eraseHeight: { label: "Erased box: height", least: 0, most: SIDE - 1, step: 1 },
      eraseWidth: { label: "Erased box: width", least: 0, most: SIDE - 1, step: 1 },
    }),
  },
};

export const NAMES = /** @type {(keyof Strengths)[]} */ (Object.keys(TRANSFORMS));

/** @param {Amounts} amounts */
export const isWhole = ({ cropHeight, cropWidth }) => cropHeight === SIDE && cropWidth === SIDE;

/**
 * Says what was done to a picture.
 * @param {Amounts} amounts
 */
export const wordsOf = (amounts) =>
  NAMES.map((name) => TRANSFORMS[name].words(amounts)).filter(Boolean).join(", ") || "as it is";
