import { describe, expect, it } from '@jest/globals';
import type { RunCheckpoint } from '../engine-store.port.js';
import { checkpoint } from './checkpoint.sql.js';
import { checkpointArrays } from './checkpoint-arrays.js';

const step: RunCheckpoint = {
  runId: '01920000-0000-7000-8000-0000000000a1',
  epoch: '1',
  eventCount: 2,
  tasks: [],
  addedTasks: [],
  isReassigned: false,
  definitions: new Map(),
  proposals: [],
  status: 'running',
  events: [],
  appliedSignals: [],
  end: null,
  reason: null,
  childRuns: [],
  childCancels: [],
  freedPermits: [],
  parent: null,
  productive: false,
};
const end: RunCheckpoint = {
  ...step,
  runId: '01920000-0000-7000-8000-0000000000a2',
  status: null,
  end: { status: 'succeeded', reason: null, output: '{}' },
};
const statementOf = (...checkpoints: RunCheckpoint[]) => checkpoint(checkpointArrays(checkpoints));

describe('the checkpoint statement', () => {
  it('looks for webhooks only when a run ends', () => {
    expect(statementOf(step).text).not.toContain('webhook');
    expect(statementOf(step, end).text).toContain('insert into webhook_deliveries');
  });

  it('has one name for each text', () => {
    expect(statementOf(step).name).not.toBe(statementOf(end).name);
    expect(statementOf(step, end)).toMatchObject({
      name: statementOf(end).name,
      text: statementOf(end).text,
    });
  });
});
