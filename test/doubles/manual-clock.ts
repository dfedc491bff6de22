import { Clock } from '../../src/common/clock.js';

/** Stands still until it is told to advance. */
export class ManualClock extends Clock {
  private current: Date;

  constructor(start = '2026-11-22T10:00:00.000Z') {
    super();
    this.current = new Date(start);
  }

  override now(): Date {
    return this.current;
  }

  advance(seconds: number): void {
    this.current = new Date(this.current.getTime() + seconds * 1_000);
  }
}
