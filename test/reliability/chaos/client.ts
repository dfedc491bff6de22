import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrokenRule } from '../invariants.js';
import type { Fleet } from './fleet.js';

const ANSWER_TIMEOUT_MS = 4_000;
const GIVE_UP_AFTER_MS = 30_000;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every shape
export type Body = any;

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

/** Sends each request with a key, and again to any process while its connection breaks or it is refused for now. */
export class Client {
  readonly broken: BrokenRule[] = [];
  /** Requests that were sent again. */
  repeated = 0;
  private closed = false;

  constructor(private readonly fleet: Fleet) {}

  /** Gives up what is not answered. */
  close(): void {
    this.closed = true;
  }

  /** Null when nobody answered in time. */
  async post(path: string, body: object, key: string = randomUUID()): Promise<Answer | null> {
    const deadline = Date.now() + GIVE_UP_AFTER_MS;
    while (Date.now() < deadline && !this.closed) {
      const answer = await this.send(path, body, key);
      if (answer !== null) return answer;
      this.repeated += 1;
      await sleep(100);
    }
    return null;
  }

  /** As `post`, where anything but success is a fault of the harness. */
  async made(path: string, body: object): Promise<Body> {
    const answer = await this.post(path, body);
    if (answer === null || answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  private async send(path: string, body: object, key: string): Promise<Answer | null> {
    const origin = this.fleet.anyOrigin();
    if (origin === null) return null;
    try {
      const answer = await fetch(`${origin}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      const text = await answer.text();
      const read = (text === '' ? {} : JSON.parse(text)) as Body;
      if (answer.status >= 500 && answer.status !== 503)
        this.broken.push({
          rule: 'no request is answered 500',
          detail: `POST ${path}: ${answer.status} ${text.slice(0, 300)}`,
        });
      if (answer.status >= 500 || read.code === 'idempotency_in_flight') return null;
      return { status: answer.status, body: read };
    } catch {
      return null;
    }
  }
}
