/** Timers that fall this close together are served in one step. */
const GRAIN_MS = 5;
/** setTimeout fires at once above this (2³¹ − 1 ms, 24.8 days). */
const MAX_DELAY_MS = 2_147_483_647;

/** The one timer of a run: the earliest moment it was asked for. */
export class WakeTimer {
  private timer: NodeJS.Timeout | null = null;
  private at = Infinity;

  constructor(private readonly onDue: () => void) {}

  /** Fires at `at` (ms since the epoch) unless it is set to fire earlier. */
  set(at: number): void {
    if (this.timer !== null && this.at <= at) return;
    this.clear();
    this.at = at;
    const delay = Math.min(Math.max(at - Date.now(), GRAIN_MS), MAX_DELAY_MS);
    this.timer = setTimeout(() => {
      this.clear();
      this.onDue();
    }, delay);
  }

  clear(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.at = Infinity;
  }
}
