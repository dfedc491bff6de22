import type { RunEvent } from './run-events.ts';

/** Where the tasks of a run stand, as far as its events tell. */
export interface TaskBoard {
  readonly tasks: number;
  /** Not ended and not waiting: `running`; `waiting` for a timer, a person or the next attempt. */
  readonly statusOf: Map<string, 'running' | 'waiting'>;
  ended: number;
}

export const newBoard = (tasks: number): TaskBoard => ({ tasks, statusOf: new Map(), ended: 0 });

/** Notes an event; answers true when it ends a task. */
export function note(board: TaskBoard, { type, taskId = '', data }: RunEvent): boolean {
  const ends =
    type === 'task.succeeded' ||
    type === 'task.skipped' ||
    type === 'task.cancelled' ||
    (type === 'task.failed' && data['final'] === true);
  if (ends) {
    board.statusOf.delete(taskId);
    board.ended += 1;
  } else if (type === 'task.started') {
    board.statusOf.set(taskId, 'running');
  } else if (type === 'task.waiting' || type === 'task.failed') {
    board.statusOf.set(taskId, 'waiting');
  }
  return ends;
}

const BAR_WIDTH = 30;

/** `██████░░░░ 123/1,000 tasks · 16 waiting · 41 tasks/s · 3.0 s` */
export function boardLine(board: TaskBoard, seconds: number): string {
  const filled = Math.round((board.ended / Math.max(board.tasks, 1)) * BAR_WIDTH);
  const under = [...board.statusOf.values()];
  const running = under.filter((status) => status === 'running').length;
  const waiting = under.length - running;
  return [
    `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${board.ended.toLocaleString('en-US')}/${board.tasks.toLocaleString('en-US')} tasks`,
    ...(running > 0 ? [`${running} running`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    `${Math.round(board.ended / Math.max(seconds, 0.001))} tasks/s`,
    `${seconds.toFixed(1)} s`,
  ].join(' · ');
}
