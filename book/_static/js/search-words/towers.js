/* Both encoders of the chapter's towers, and the pictures that are searched. */

import { contentsOf } from "../shared/data.js";
import { Model, SecondModel } from "../shared/model.js";
import { drawOwn, pixelsOf } from "../shared/photos.js";
import { CHANNELS, fitted } from "../shared/resize.js";
import { Catalogue, SIDE } from "./catalogue.js";
import { Texts } from "./texts.js";

/** @import { Picture } from "./catalogue.js" */

const SEEN_SIDE = 224; // pixels of what the encoder of pictures sees

/** What a first query brings: the encoder of texts, what runs it, and the pictures with their vectors. */
export class Towers extends Model {
  /** @type {Catalogue} There after `load`, as is what reads texts. */
  catalogue;
  /** @type {Texts} */
  texts;

  /**
   * @param {string} files
   * @param {string} data
   */
  constructor(files, data) {
    super(JSON.stringify({ ...JSON.parse(files), ...JSON.parse(data) }));
  }

  /**
   * @override
   * @param {Record<string, ArrayBuffer>} contents
   */
  async use({ data, ...net }) {
    await super.use(net);
    const contents = contentsOf(data);
    const sheet = new Blob([new Uint8Array(contents.tensors.pictures.values)], { type: "image/webp" });
    this.catalogue = new Catalogue(contents, await createImageBitmap(sheet));
    this.texts = new Texts(this, contents.texts.vocabulary);
  }
}

/** The encoder of pictures, which comes for a picture of the reader's own alone. */
export class PictureEncoder extends SecondModel {
  /**
   * Encodes a picture's file.
   * @param {File} file
   * @param {() => Promise<boolean>} ready Waits for the encoder.
   * @returns {Promise<Picture|null>} Null where it did not come.
   * @throws {Error} If the browser cannot read the file.
   */
  async pictureOf(file, ready) {
    const pixels = await pixelsOf(file);
    if (!(await ready())) return null;
    const image = fitted(pixels, SEEN_SIDE);
    const vector = await this.run(image.data, [1, CHANNELS, SEEN_SIDE, SEEN_SIDE]);
    const small = fitted(pixels, SIDE);
    return { name: file.name, note: "your own", vector, draw: (canvas) => drawOwn(canvas, small) };
  }
}
