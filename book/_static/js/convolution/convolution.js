/* A convolution as the chapter defines it: which pixels lie under each window, and what they give. */

/**
 * How windows lie on a picture: the kernel's side, and what changes the size of what comes out.
 * @typedef {{size: number, padding: number, stride: number, dilation: number}} Geometry
 */

/**
 * Gives how many pixels a window reaches over.
 * @param {Geometry} geometry
 */
export const spanOf = ({ size, dilation }) => dilation * (size - 1) + 1;

/**
 * Gives the side of the map that a picture becomes; 0 where no window fits.
 * @param {number} side
 * @param {Geometry} geometry
 */
export function sideAfter(side, geometry) {
  const room = side + 2 * geometry.padding - spanOf(geometry);
  return room < 0 ? 0 : Math.floor(room / geometry.stride) + 1;
}

/**
 * Gives the rows, or columns, of the padded picture that a window looks at.
 * @param {number} place The window's row, or column, in the map.
 * @param {Geometry} geometry
 */
export const tapsAt = (place, { size, stride, dilation }) =>
  Array.from({ length: size }, (_, k) => place * stride + k * dilation);

/**
 * Puts zeros around a picture.
 * @param {number[][]} picture
 * @param {number} padding
 */
export function padded(picture, padding) {
  const side = picture.length + 2 * padding;
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_, column) => picture[row - padding]?.[column - padding] ?? 0),
  );
}

/**
 * Lists what a window multiplies: for each row of the kernel its pixels.
 * @param {number[][]} picture
 * @param {number[]} place Row and column of the window in the map.
 * @param {Geometry} geometry
 */
export function pixelsUnder(picture, [row, column], geometry) {
  const pixels = padded(picture, geometry.padding);
  return tapsAt(row, geometry).map((v) => tapsAt(column, geometry).map((h) => pixels[v][h]));
}

/**
 * Adds up what lies on each other.
 * @param {number[]} weights
 * @param {number[]} pixels
 */
export const dot = (weights, pixels) => weights.reduce((sum, weight, k) => sum + weight * pixels[k], 0);

/**
 * Computes all sums of a picture; none where no window fits.
 * @param {number[][]} picture Square.
 * @param {number[][]} kernel Square, with the geometry's size.
 * @param {Geometry} geometry
 * @returns {number[][]}
 */
export function convolve(picture, kernel, geometry) {
  const pixels = padded(picture, geometry.padding);
  const places = Array.from({ length: sideAfter(picture.length, geometry) }, (_, place) => tapsAt(place, geometry));
  return places.map((rows) =>
    places.map((columns) => rows.reduce((sum, row, i) => sum + dot(kernel[i], columns.map((column) => pixels[row][column])), 0)),
  );
}
