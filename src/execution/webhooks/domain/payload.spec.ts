import { describe, expect, it } from '@jest/globals';
import { payloadOf } from './payload.js';

describe('payloadOf', () => {
  it('is the event as Standard Webhooks has it, without the output', () => {
    const run = {
      id: '01920000-0000-7000-8000-0000000000a1',
      workflowId: null,
      status: 'failed',
      reason: 'task_failed',
      finishedAt: new Date('2026-11-23T12:00:00.123Z'),
      output: { secret: 1 },
    } as const;
    expect(payloadOf(run)).toBe(
      '{"type":"run.failed","timestamp":"2026-11-23T12:00:00.123Z","data":{' +
        '"runId":"01920000-0000-7000-8000-0000000000a1","workflowId":null,"status":"failed",' +
        '"reason":"task_failed","finishedAt":"2026-11-23T12:00:00.123Z"}}',
    );
  });
});
