/* Makes one thing at a time of what is wished. Of wishes that come meanwhile the last one counts, so nothing
   older ever takes the place of something newer. */

/**
 * @template Wish
 * @template Made
 */
export class Newest {
  /**
   * @param {(wish: Wish) => Promise<Made|null>} make Null where nothing could be made.
   * @param {(made: Made, wish: Wish) => void} show
   */
  constructor(make, show) {
    this.make = make;
    this.show = show;
    /** @type {{wish: Wish}|null} */
    this.waiting = null;
    this.isBusy = false;
  }

  /** @param {Wish} wish */
  async want(wish) {
    this.waiting = { wish };
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      for (let next = this.take(); next; next = this.take()) {
        const made = await this.make(next.wish);
        if (made !== null) this.show(made, next.wish);
      }
    } finally {
      this.isBusy = false;
    }
  }

  take() {
    const { waiting } = this;
    this.waiting = null;
    return waiting;
  }
}
