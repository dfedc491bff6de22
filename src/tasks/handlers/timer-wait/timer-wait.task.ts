import { z } from 'zod';
import { done, type TaskOutcome } from '../../domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { TaskType } from '../../task-type.decorator.js';
import { waitFrom } from './wait-from.js';

const TEN_YEARS_IN_SECONDS = 315_360_000;

const parameters = z
  .strictObject({
    seconds: z.number().min(0).max(TEN_YEARS_IN_SECONDS).optional().meta({
      description: 'How long to wait, in seconds (fractions allowed); at most ten years.',
      adjustable: true,
    }),
    until: z.iso.datetime({ offset: true }).optional().meta({
      description: 'The time to wait for, RFC 3339 with an offset; a time in the past does not wait.',
      adjustable: true,
    }),
  })
  .refine(({ seconds, until }) => (seconds === undefined) !== (until === undefined), {
    error: 'Give either "seconds" or "until", not both and not none.',
  })
  .meta({ oneOf: [{ required: ['seconds'] }, { required: ['until'] }] });

const result = z.strictObject({
  waitedSeconds: z
    .number()
    .meta({ description: 'From the start of the task to the time waited for, to the millisecond.' }),
});

@TaskType({
  name: 'timer.wait',
  description: 'Waits for a duration or until a time. Waiting holds no worker and survives restarts.',
  parameters,
  result,
  effects: () => 'none',
  planning: {
    synonyms: ['pause', 'sleep', 'delay', 'seconds', 'minutes', 'hours'],
    verbRequired: true,
    secondsIn: 'seconds',
    yields: [],
  },
  examples: [
    { title: 'Half a second', parameters: { seconds: 0.5 } },
    { title: 'Until the year 2026 began', parameters: { until: '2026-01-01T00:00:00Z' } },
  ],
})
export class TimerWaitTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  execute(
    wish: z.output<typeof parameters>,
    context: TaskContext,
  ): Promise<TaskOutcome<z.output<typeof result>>> {
    const { at, waitedSeconds } = waitFrom(context.now(), wish);
    return Promise.resolve(
      waitedSeconds === 0 ? done({ waitedSeconds }) : { kind: 'waitUntil', at, result: { waitedSeconds } },
    );
  }
}
