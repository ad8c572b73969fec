/* The list, step by step: what each does to a picture, and the line of torchvision that does the same. */

import { KERNEL, blurred } from "./blur.js";
import { brightened, contrasted, recolored, saturated } from "./color.js";
import { cropped, erased, flipped, moved, rotated } from "./geometry.js";
import { SIDE } from "./pixels.js";
import { LEAST_ERASED, LEAST_SIGMA, isWhole, rounded } from "./transforms.js";

/** @import { Picture } from "./pixels.js" */
/** @import { Amounts, Strengths } from "./transforms.js" */

/**
 * @typedef {object} Step
 * @property {(amounts: Amounts) => boolean} isIdle Whether it would leave the picture as it is.
 * @property {(picture: Picture, amounts: Amounts, fill: number) => Picture} change
 * @property {(amounts: Amounts, fill: number) => string} call What does the same, after “F.”.
 */

/** @type {(value: number) => string} */
const float = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value));
const BILINEAR = "v2.InterpolationMode.BILINEAR";

/** @type {Step} */
const FLIP = {
  isIdle: ({ flip }) => !flip,
  change: flipped,
  call: () => "horizontal_flip(image)",
};
/** @type {Step} */
const ROTATE = {
  isIdle: ({ angle }) => !angle,
  change: (picture, { angle }, fill) => rotated(picture, angle, fill),
  call: ({ angle }, fill) => `rotate(image, ${float(angle)}, ${BILINEAR}, fill=${float(fill)})`,
};
/** @type {Step} */
const MOVE = {
  isIdle: ({ right, down, scale }) => !right && !down && scale === 1,
  change: moved,
  call: ({ right, down, scale }, fill) =>
    `affine(image, 0.0, [${right}, ${down}], ${float(scale)}, [0.0, 0.0],\n                     ${BILINEAR}, fill=${float(fill)})`,
};
/** @type {Step} */
const CROP = {
  isIdle: isWhole,
  change: (picture, { cropTop, cropLeft, cropHeight, cropWidth }) =>
    cropped(picture, { top: cropTop, left: cropLeft, height: cropHeight, width: cropWidth }),
  call: ({ cropTop, cropLeft, cropHeight, cropWidth }) =>
    `resized_crop(image, ${cropTop}, ${cropLeft}, ${cropHeight}, ${cropWidth}, [${SIDE}, ${SIDE}])`,
};
/** The four of ColorJitter, in its order. @type {Step[]} */
const COLORS = [
  {
    isIdle: ({ brightness }) => brightness === 1,
    change: (picture, { brightness }) => brightened(picture, brightness),
    call: ({ brightness }) => `adjust_brightness(image, ${float(brightness)})`,
  },
  {
    isIdle: ({ contrast }) => contrast === 1,
    change: (picture, { contrast }) => contrasted(picture, contrast),
    call: ({ contrast }) => `adjust_contrast(image, ${float(contrast)})`,
  },
  {
    isIdle: ({ saturation }) => saturation === 1,
    change: (picture, { saturation }) => saturated(picture, saturation),
    call: ({ saturation }) => `adjust_saturation(image, ${float(saturation)})`,
  },
  {
    isIdle: ({ hue }) => !hue,
    change: (picture, { hue }) => recolored(picture, hue),
    call: ({ hue }) => `adjust_hue(image, ${float(hue)})`,
  },
];
/** @type {Step} */
const BLUR = {
  isIdle: ({ sigma }) => !sigma,
  change: (picture, { sigma }) => blurred(picture, sigma),
  call: ({ sigma }) => `gaussian_blur(image, [${KERNEL}, ${KERNEL}], [${float(sigma)}, ${float(sigma)}])`,
};
/** @type {Step} */
const ERASE = {
  isIdle: ({ eraseHeight, eraseWidth }) => !eraseHeight || !eraseWidth,
  change: (picture, { eraseTop, eraseLeft, eraseHeight, eraseWidth }) =>
    erased(picture, { top: eraseTop, left: eraseLeft, height: eraseHeight, width: eraseWidth }),
  call: ({ eraseTop, eraseLeft, eraseHeight, eraseWidth }) =>
    `erase(image, ${eraseTop}, ${eraseLeft}, ${eraseHeight}, ${eraseWidth}, torch.tensor(0.0))`,
};

/**
 * Puts things into one of the orders that they can have.
 * @template T
 * @param {T[]} things
 * @param {number} number Of the order.
 * @returns {T[]}
 */
function inOrder(things, number) {
  const left = [...things];
  const order = [];
  for (let rest = number; left.length; rest = Math.floor(rest / (left.length + 1))) {
    order.push(...left.splice(rest % left.length, 1));
  }
  return order;
}

/**
 * Gives the steps that change a picture, in their order.
 * @param {Amounts} amounts
 * @returns {Step[]}
 */
const stepsOf = (amounts) =>
  [FLIP, ROTATE, MOVE, CROP, ...inOrder(COLORS, amounts.order), BLUR, ERASE].filter(({ isIdle }) => !isIdle(amounts));

/**
 * Changes a picture.
 * @param {Picture} picture
 * @param {Amounts} amounts
 * @param {number} fill
 * @returns {Picture}
 */
export const changed = (picture, amounts, fill) =>
  stepsOf(amounts).reduce((now, { change }) => change(now, amounts, fill), picture);

/**
 * Writes a Python function that makes the same picture.
 * @param {Amounts} amounts
 * @param {number} fill
 * @returns {string}
 */
export function pictureCode(amounts, fill) {
  const lines = stepsOf(amounts).map(({ call }) => `    image = F.${call(amounts, fill)}`);
  return [
    "import torch",
    "from torchvision.transforms import v2",
    "from torchvision.transforms.v2 import functional as F",
    "",
    `def this_picture(image):      # float32, 0 to 1, shape (3, ${SIDE}, ${SIDE})`,
    ...lines,
    "    return image",
    "",
  ].join("\n");
}

/**
 * Writes the list that draws such pictures at random.
 * @param {Strengths} strengths
 * @param {number} fill
 * @returns {string}
 */
export function listCode(strengths, fill) {
  const { flip, rotation, shift, zoom, crop, brightness, contrast, saturation, hue, blur, erasing } = strengths;
  /** @type {(strength: number) => string} */
  const around = (strength) => `(${float(rounded(1 - strength, 2))}, ${float(rounded(1 + strength, 2))})`;
  const filled = `${BILINEAR}, fill=${float(fill)}`;
  const jitter = Object.entries({ brightness, contrast, saturation, hue }).filter(([, strength]) => strength);
  const calls = [
    flip && `RandomHorizontalFlip(${float(flip)})`,
    rotation && `RandomRotation(${rotation}, ${filled})`,
    (shift || zoom) && [
      "RandomAffine(0,", shift && ` translate=(${shift}, ${shift}),`, zoom && ` scale=${around(zoom)},`,
      `\n                    interpolation=${filled})`,
    ].filter(Boolean).join(""),
    crop && `RandomResizedCrop(${SIDE}, scale=(${rounded(1 - crop, 2)}, 1.0))`,
    jitter.length && `ColorJitter(${jitter.map(([name, strength]) => `${name}=${strength}`).join(", ")})`,
    blur && `GaussianBlur(${KERNEL}, sigma=(${LEAST_SIGMA}, ${float(blur)}))`,
    erasing && `RandomErasing(0.5, scale=(${LEAST_ERASED}, ${erasing}))`,
  ].filter(Boolean);
  return [
    "import torch",
    "from torchvision.transforms import v2",
    "",
    "augment = v2.Compose([",
    "    v2.ToImage(),                              # from a PIL picture or an array",
    "    v2.ToDtype(torch.float32, scale=True),     # 0 to 1",
    ...calls.map((call) => `    v2.${call},`),
    "])",
    "",
  ].join("\n");
}
