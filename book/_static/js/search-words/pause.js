/* A pause in typing, after which something is done; until then what is typed belongs to the reader alone. */

export class Pause {
  isRunning = false;

  /**
   * Waits anew.
   * @param {number} milliseconds
   * @param {() => void} then
   */
  wait(milliseconds, then) {
    this.end();
    this.isRunning = true;
    this.timer = setTimeout(() => {
      this.isRunning = false;
      then();
    }, milliseconds);
  }

  end() {
    clearTimeout(this.timer);
    this.isRunning = false;
  }
}
