import { describe, expect, it } from '@jest/globals';
import { taskContext } from '../../../../test/integration/tasks/task-context.js';
import { TaskTypeMetadata } from '../../task-type.decorator.js';
import { TimerWaitTask } from './timer-wait.task.js';

// Noon of 2026-03-01 UTC is "now" in this context.
const wait = (wish: { seconds?: number; until?: string }) => new TimerWaitTask().execute(wish, taskContext());

describe('timer.wait', () => {
  it('waits for the seconds from now on', async () => {
    await expect(wait({ seconds: 90.5 })).resolves.toEqual({
      kind: 'waitUntil',
      at: new Date('2026-03-01T12:01:30.500Z'),
      result: { waitedSeconds: 90.5 },
    });
  });

  it('rounds to the millisecond', async () => {
    await expect(wait({ seconds: 0.0126 })).resolves.toMatchObject({
      at: new Date('2026-03-01T12:00:00.013Z'),
      result: { waitedSeconds: 0.013 },
    });
  });

  it('waits until a time, whatever its offset', async () => {
    await expect(wait({ until: '2026-03-01T15:00:00+02:00' })).resolves.toMatchObject({
      at: new Date('2026-03-01T13:00:00.000Z'),
      result: { waitedSeconds: 3600 },
    });
  });

  it('is done at once for zero seconds and for a time in the past', async () => {
    await expect(wait({ seconds: 0 })).resolves.toEqual({ kind: 'done', result: { waitedSeconds: 0 } });
    await expect(wait({ until: '2025-03-01T12:00:00Z' })).resolves.toEqual({
      kind: 'done',
      result: { waitedSeconds: 0 },
    });
  });

  it.each([
    [{ seconds: 1, until: '2026-03-01T12:00:00Z' }],
    [{}],
    [{ seconds: -1 }],
    [{ until: 'tomorrow' }],
    [{ until: '2026-03-01T12:00:00' }],
    [{ seconds: 1, extra: true }],
  ])('refuses the parameters %j', (wish) => {
    const options = Reflect.getMetadata(TaskTypeMetadata.KEY, TimerWaitTask) as {
      parameters: { safeParse(value: unknown): { success: boolean } };
    };
    expect(options.parameters.safeParse({ seconds: 1 }).success).toBe(true);
    expect(options.parameters.safeParse(wish).success).toBe(false);
  });
});
