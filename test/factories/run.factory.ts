import { newId } from '../../src/common/ids.js';
import { restoreRun, type StoredRun, type StoredTask } from '../../src/execution/domain/restore-run.js';
import type { RunState } from '../../src/execution/domain/run-state.js';
import type { TaskFailure } from '../../src/tasks/domain/task-error.js';
import type { TaskDefinition } from '../../src/workflows/domain/definition.js';
import { aTask } from './definition.factory.js';

export type { StoredTask };

/** A task row as it is when its run is created; say what matters. */
export function aStoredTask(overrides: Partial<StoredTask> = {}): StoredTask {
  return {
    id: newId(),
    agentId: null,
    parentTaskId: null,
    own: null,
    alternative: 0,
    proposal: null,
    isAdvised: false,
    status: 'pending',
    attempt: 0,
    failedAttempts: 0,
    permit: null,
    effect: null,
    result: null,
    error: null,
    source: null,
    waitingFor: null,
    wait: null,
    wakeAt: null,
    readyAt: null,
    startedAt: null,
    finishedAt: null,
    ...overrides,
  };
}

/** A run as it is stored when it was created: one `pending` row for each task, one event. */
export function aStoredRun(
  tasks: readonly TaskDefinition[] = [aTask()],
  overrides: Partial<StoredRun> = {},
): StoredRun {
  return {
    runId: newId(),
    definition: { tasks },
    eventCount: 1,
    deadlineAt: null,
    previousStatus: 'queued',
    reason: null,
    tasks: tasks.map(() => aStoredTask()),
    ...overrides,
  };
}

/** The state its first owner begins with. */
export function aRunState(
  tasks: readonly TaskDefinition[] = [aTask()],
  overrides: Partial<StoredRun> = {},
): RunState {
  return restoreRun(aStoredRun(tasks, overrides));
}

/** A failure that may pass and had no effect. */
export function aFailure(overrides: Partial<TaskFailure> = {}): TaskFailure {
  return {
    code: 'busy',
    class: 'transient',
    message: 'It was busy.',
    retryable: true,
    effect: 'none',
    ...overrides,
  };
}
