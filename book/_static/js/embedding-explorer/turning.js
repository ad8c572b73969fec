/* A cloud of points seen from a side that the reader chooses. */

const AWAY = 4; // from the eye to the middle, in radii of the cloud
const FRONT = { around: -0.5, above: 0.35 }; // a little aside, so that all three directions are seen

/** @typedef {{x: number, y: number, depth: number}} Seen In radii: to the right, up, and toward the eye. */

/** The side from which the cloud is seen: around its upright axis, then from above. */
export class View {
  around = FRONT.around;
  above = FRONT.above;

  front() {
    Object.assign(this, FRONT);
  }

  /**
   * Turns the cloud, in radians; from above or below no farther than straight.
   * @param {number} around
   * @param {number} above
   */
  turn(around, above) {
    this.around = (this.around + around) % (2 * Math.PI);
    this.above = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, this.above + above));
  }

  /**
   * Gives where a point is seen; what is nearer looks larger.
   * @param {number[]} place
   * @param {number} radius Of the cloud.
   * @returns {Seen}
   */
  seen([x, y, z], radius) {
    const [sine, cosine] = [Math.sin(this.around), Math.cos(this.around)];
    const [across, toward] = [(cosine * x + sine * z) / radius, (cosine * z - sine * x) / radius];
    const up = y / radius;
    const depth = Math.sin(this.above) * up + Math.cos(this.above) * toward;
    const height = Math.cos(this.above) * up - Math.sin(this.above) * toward;
    const closer = AWAY / (AWAY - depth);
    return { x: across * closer, y: height * closer, depth };
  }
}

/** How much larger than the cloud its picture may become. */
export const WIDEST = AWAY / Math.sqrt(AWAY * AWAY - 1);
