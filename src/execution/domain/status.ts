export const TASK_STATUSES = [
  'pending',
  'ready',
  'running',
  'recovering',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'unknown',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const RUN_STATUSES = [
  'queued',
  'running',
  'waiting',
  'paused',
  'compensating',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What a waiting task waits for. */
export const WAITING_FOR = ['person', 'timer', 'childRun', 'children', 'retry'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** The one table of what may become what. Terminal states have no way out: their rows never change. */
export const TASK_TRANSITIONS: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  pending: ['ready', 'skipped', 'cancelled'],
  ready: ['running', 'waiting', 'skipped', 'failed', 'cancelled'],
  running: ['succeeded', 'waiting', 'recovering', 'skipped', 'failed', 'ready', 'cancelled', 'unknown'],
  recovering: ['ready', 'waiting', 'skipped', 'failed', 'cancelled'],
  waiting: ['ready', 'succeeded', 'recovering', 'waiting', 'skipped', 'failed', 'cancelled'],
  unknown: ['succeeded', 'ready', 'waiting', 'recovering', 'skipped', 'failed'],
  succeeded: [],
  failed: [],
  skipped: [],
  cancelled: [],
};

export const RUN_TRANSITIONS: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running'],
  running: ['waiting', 'paused', 'compensating', 'succeeded', 'failed', 'cancelled'],
  waiting: ['running'],
  paused: ['running', 'failed', 'cancelled'],
  compensating: ['failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

export const isTerminalTask = (status: TaskStatus): boolean => TASK_TRANSITIONS[status].length === 0;
export const isTerminalRun = (status: RunStatus): boolean => RUN_TRANSITIONS[status].length === 0;
