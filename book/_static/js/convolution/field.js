/* What a unit sees of the picture, back through layers of one kind. Rows and columns go their roads apart from
   each other, so one axis is enough: the roads to a pixel are those along its row times those along its column. */

import { sideAfter, tapsAt } from "./convolution.js";

/** @import { Geometry } from "./convolution.js" */

export const LAYERS = 3;

/**
 * Gives the side of the picture and of each map, as long as a window fits.
 * @param {number} side
 * @param {Geometry} geometry
 */
export function sidesOf(side, geometry) {
  const sides = [side];
  while (sides.length <= LAYERS && sideAfter(sides[sides.length - 1], geometry)) {
    sides.push(sideAfter(sides[sides.length - 1], geometry));
  }
  return sides;
}

/**
 * Counts the roads that lead from a unit to each place of the maps before it, along one axis.
 * @param {number[]} sides Of the picture and of each map up to the unit's.
 * @param {Geometry} geometry
 * @param {number} unit Its place.
 * @returns {number[][]} Counts for the picture first, for the unit's own map last.
 */
export function roadsAlong(sides, geometry, unit) {
  const counts = sides.map((side) => Array.from({ length: side }, () => 0));
  counts[sides.length - 1][unit] = 1;
  for (let layer = sides.length - 1; layer > 0; layer--) {
    const before = counts[layer - 1];
    counts[layer].forEach((count, place) => {
      for (const tap of tapsAt(place, geometry)) {
        if (tap - geometry.padding in before) before[tap - geometry.padding] += count;
      }
    });
  }
  return counts;
}

/**
 * Says how the side of the field grows from layer to layer: what each adds, before the border cuts anything off.
 * @param {Geometry} geometry
 * @param {number} layers
 */
export const growth = ({ size, stride, dilation }, layers) =>
  Array.from({ length: layers }, (_, layer) => dilation * (size - 1) * stride ** layer);
