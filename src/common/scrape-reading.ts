import { Gauge } from 'prom-client';
import type { MetricsRegistry } from './metrics.js';

/** However often metrics are read, and by however many. */
const FRESH_MS = 2_000;
/** Whoever reads metrics gives up after some seconds, and then sees none at all. */
const PATIENCE_MS = 1_000;

/**
 * One reading, of the database for instance, that several gauges share: made when metrics are read, one at a time, at
 * most every two seconds. null while it fails or takes more than a second.
 */
export class ScrapeReading<T> {
  private latest: Promise<T | null> = Promise.resolve(null);
  private readAt = -Infinity;
  private isUnderWay = false;

  constructor(private readonly read: () => Promise<T | null>) {}

  get(): Promise<T | null> {
    if (performance.now() - this.readAt < FRESH_MS) return this.latest;
    this.readAt = performance.now();
    // One that hangs is not joined by others.
    this.latest = this.isUnderWay ? Promise.resolve(null) : withPatience(this.attempt());
    return this.latest;
  }

  /** A gauge that is absent while the reading, or this number of it, is null. */
  gauge(
    registry: MetricsRegistry,
    name: string,
    help: string,
    numberOf: (reading: T) => number | null,
  ): void {
    const number = async (): Promise<number | null> => {
      const reading = await this.get();
      return reading === null ? null : numberOf(reading);
    };
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        const value = await number();
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  }

  private async attempt(): Promise<T | null> {
    this.isUnderWay = true;
    try {
      return await this.read();
    } catch {
      return null;
    } finally {
      this.isUnderWay = false;
    }
  }
}

async function withPatience<T>(reading: Promise<T | null>): Promise<T | null> {
  const { promise: over, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), PATIENCE_MS);
  try {
    return await Promise.race([reading, over]);
  } finally {
    clearTimeout(timer);
  }
}
