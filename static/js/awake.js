// Keeps the screen on: a phone that goes dark in somebody's hand asks for its owner.

export class Awake {
  /** `isWanted` says whether the screen should be on at all. */
  constructor(isWanted) {
    this.isWanted = isWanted;
    this.lock = null;
    document.addEventListener("visibilitychange", () => isWanted() && !document.hidden && this.hold()); // out of sight it was lost
  }

  async hold() {
    try {
      const lock = await navigator.wakeLock?.request("screen");
      if (this.isWanted()) this.lock = lock;
      else lock?.release();
    } catch {
      this.lock = null; // a low battery refuses it; the phone may then sleep
    }
  }

  release() {
    this.lock?.release();
    this.lock = null;
  }
}
