import { Injectable } from '@nestjs/common';
import type { TraceSource } from './trace-source.js';

/**
 * Whether this application is traced. Whoever begins work (a request, a stay of a run) looks here and puts the source
 * into the context; all that is done within finds it there.
 */
@Injectable()
export class Tracing {
  private current: TraceSource | null = null;

  /** null: nothing is traced, and no SDK is loaded. */
  get source(): TraceSource | null {
    return this.current;
  }

  use(source: TraceSource | null): void {
    this.current = source;
  }
}
