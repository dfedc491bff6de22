import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonValue } from '../../../../src/common/json.js';
import type { TestApp } from '../../../support/test-app.js';
import { fill, fillText } from './fill.js';
import { valueAt } from './pointers.js';
import { readAnswer } from './read-answer.js';
import type { Answer, Step } from './step.js';

const PATIENCE_MS = 15_000;
const PAUSE_MS = 20;

/** A step that was played; `failure` says why there is no answer. */
export interface Exchange {
  readonly step: Step;
  readonly answer?: Answer;
  readonly failure?: string;
}

export type Server = Pick<TestApp, 'http'>;

/** Plays steps in order and remembers what they capture. */
export class Player {
  private readonly captured = new Map<string, string>();

  constructor(private readonly server: Server) {}

  async play(step: Step): Promise<Exchange> {
    try {
      const answer = await this.answerOf(step);
      for (const [name, pointer] of Object.entries(step.capture ?? {})) {
        const value = valueAt(answer, pointer);
        if (typeof value === 'string' || typeof value === 'number') this.captured.set(name, String(value));
      }
      return { step, answer };
    } catch (error) {
      return { step, failure: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The last answer, when what is waited for does not come: comparing shows what came instead. */
  private async answerOf(step: Step): Promise<Answer> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.send(step);
      const { until } = step;
      if (until === undefined || valueAt(answer, until.pointer) === until.equals) return answer;
      if (performance.now() > deadline) return answer;
      await sleep(PAUSE_MS);
    }
  }

  private async send({ request, headers = {}, body }: Step): Promise<Answer> {
    const [method = '', path = ''] = fillText(request, this.captured).split(' ');
    const sent: JsonValue | undefined = body === undefined ? undefined : fill(body, this.captured);
    const filled = Object.entries(headers).map(([name, value]) => [name, fillText(value, this.captured)]);
    return readAnswer(
      await this.server.http(method, path, sent, Object.fromEntries(filled) as Record<string, string>),
    );
  }
}
