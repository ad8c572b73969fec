/* The sweep: the window goes over the picture by itself, row by row. */

const [SLOWEST, FASTEST, DURATION] = [450, 60, 10_000]; // milliseconds a window, and of a whole sweep

export class Sweep {
  isPlaying = false;
  pending = 0;
  last = 0;
  pace = SLOWEST;
  startedAt = 0;

  /**
   * @param {(index: number) => void} go Told at which window it is.
   * @param {() => void} end Told that it has reached the last one.
   */
  constructor(go, end) {
    this.go = go;
    this.end = end;
  }

  /**
   * Sets out from a window; from the first, where it is at the last.
   * @param {number} index
   * @param {number} count Of all windows.
   */
  begin(index, count) {
    this.isPlaying = true;
    this.last = count - 1;
    this.pace = Math.max(FASTEST, Math.min(SLOWEST, DURATION / count));
    const first = index < this.last ? index : 0;
    this.startedAt = performance.now() - first * this.pace;
    this.go(first);
    this.request();
  }

  stop() {
    this.isPlaying = false;
    cancelAnimationFrame(this.pending);
  }

  request() {
    this.pending = requestAnimationFrame((now) => this.frame(now));
  }

  /** @param {number} now In milliseconds. */
  frame(now) {
    const index = Math.max(0, Math.min(this.last, Math.floor((now - this.startedAt) / this.pace)));
    this.go(index);
    if (index < this.last) return this.request();
    this.stop();
    this.end();
  }
}
