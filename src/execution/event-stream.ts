import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { TERMINAL_EVENTS } from './domain/run-event.js';
import { toEventView } from './run-views.js';
import type { EventRecord } from './runs-store.port.js';

const PAGE = 500;
const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for this long is dropped; it resumes where it stopped. */
const SLOW_READER_MS = 20_000;

interface Change {
  readonly promise: Promise<void>;
  readonly cancel: () => void;
}

export interface EventSource {
  /** Events after a number, oldest first. */
  read(after: number, limit: number): Promise<readonly EventRecord[]>;
  nextChange(timeoutMs: number): Change;
  isDraining(): boolean;
}

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  Connection: 'keep-alive',
  // Proxies such as nginx would hold events back.
  'X-Accel-Buffering': 'no',
};

/** One reader of server-sent events (WHATWG HTML, 9.2). */
export class EventStream {
  private lastWriteAt = performance.now();
  private closed = false;
  private change: Change | null = null;

  constructor(
    private readonly response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ) {
    response.on('close', () => this.leave());
    response.on('error', () => this.leave());
    response.writeHead(200, { ...HEADERS, ...headers });
    response.flushHeaders();
  }

  /** Sends events until the last one of the run, the end of the reader, or the end of this process. */
  async follow(after: number, source: EventSource): Promise<void> {
    let last = after;
    try {
      while (!this.closed && !source.isDraining()) {
        const change = (this.change = source.nextChange(HEARTBEAT_MS));
        const events = await source.read(last, PAGE);
        if (events.length > 0) await this.write(events.map(format).join(''));
        last = events.at(-1)?.sequence ?? last;
        if (events.some(({ type }) => TERMINAL_EVENTS.has(type))) return;
        if (events.length === PAGE) change.cancel();
        await change.promise;
        if (performance.now() - this.lastWriteAt >= HEARTBEAT_MS) await this.write(': heartbeat\n\n');
      }
    } catch {
      // The database is away or the reader is gone: it resumes after `last`.
    } finally {
      this.change?.cancel();
      this.response.end();
    }
  }

  /** The reader is gone: nobody waits for the next change any more. */
  private leave(): void {
    this.closed = true;
    this.change?.cancel();
  }

  private async write(text: string): Promise<void> {
    this.lastWriteAt = performance.now();
    if (this.closed || this.response.write(text)) return;
    try {
      await once(this.response, 'drain', { signal: AbortSignal.timeout(SLOW_READER_MS) });
    } catch (error) {
      this.response.destroy();
      throw error;
    }
  }
}

function format(event: EventRecord): string {
  return `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(toEventView(event))}\n\n`;
}
