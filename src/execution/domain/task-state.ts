import type { TaskState } from './run-state.js';

/** A task nothing has happened to. */
export const newTaskState = (): TaskState => ({
  status: 'pending',
  agentId: null,
  alternative: 0,
  attempt: 0,
  failedAttempts: 0,
  openDependencies: 0,
  openChildren: 0,
  permit: null,
  effect: null,
  result: null,
  error: null,
  source: null,
  proposal: null,
  isAdvised: false,
  waitingFor: null,
  wait: null,
  wakeAt: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
});
