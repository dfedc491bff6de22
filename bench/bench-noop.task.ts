import { Module } from '@nestjs/common';
import { z } from 'zod';
import { done, type Done, type TaskHandler, TaskType } from '../src/index.js';

/** When attempts entered and left their handler, in the order they did; null while nobody measures. */
export interface HandlerTimes {
  readonly entered: number[];
  readonly left: number[];
}

let times: HandlerTimes | null = null;

export function recordHandlerTimes(): HandlerTimes {
  times = { entered: [], left: [] };
  return times;
}

export function stopRecording(): void {
  times = null;
}

const nothing = z.strictObject({});

@TaskType({
  name: 'bench.noop',
  description: 'Does nothing, so that only the engine is measured.',
  parameters: nothing,
  result: nothing,
  effects: () => 'none',
  examples: [{ title: 'Nothing', parameters: {} }],
})
export class BenchNoopTask implements TaskHandler<object, object> {
  execute(): Promise<Done<object>> {
    times?.entered.push(performance.now());
    const outcome = Promise.resolve(done({}));
    times?.left.push(performance.now());
    return outcome;
  }
}

@Module({ providers: [BenchNoopTask] })
export class BenchModule {}
