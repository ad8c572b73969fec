/* The reader's own picture. It is read here and goes nowhere. */

import { contextOf } from "../shared/drawing.js";
import { SIDE, fromBytes } from "./pixels.js";

/** @import { Picture } from "./pixels.js" */

/**
 * Reads a file: the middle square of the picture, made small, on white.
 * @param {Blob} file
 * @returns {Promise<Picture>}
 * @throws {Error} If the browser cannot read it, with a sentence for the reader.
 */
export async function pictureIn(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error("This browser cannot read that file as a picture. Take a JPEG, PNG or WebP.");
  }
  const side = Math.min(bitmap.width, bitmap.height);
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const context = contextOf(canvas, { willReadFrequently: true });
  Object.assign(context, { fillStyle: "#ffffff", imageSmoothingQuality: "high" });
  context.fillRect(0, 0, SIDE, SIDE);
  context.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  bitmap.close();
  return fromBytes(context.getImageData(0, 0, SIDE, SIDE).data, SIDE);
}

/**
 * Gives the file that something was dropped or pasted with, if there is one.
 * @param {DataTransfer|null} transfer
 * @returns {File|undefined}
 */
export const fileIn = (transfer) => [...(transfer?.files ?? [])][0];
