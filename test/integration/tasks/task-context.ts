import type { TaskContext } from '../../../src/tasks/domain/task-type.js';

/** A context with fixed values; what a test cares about it overrides. */
export function taskContext(overrides: Partial<TaskContext> = {}): TaskContext {
  return {
    runId: '019a0000-0000-7000-8000-000000000001',
    workflowId: null,
    agentId: null,
    assisted: false,
    id: '019a0000-0000-7000-8000-000000000002',
    taskId: 'task-1',
    attempt: 1,
    idempotencyKey: 'key-of-task-1',
    signal: new AbortController().signal,
    now: () => new Date('2026-03-01T12:00:00.000Z'),
    ...overrides,
  };
}
