import type { WriteStream } from 'node:tty';
import type { RunEvent } from './run-events.ts';
import { boardLine, newBoard, note, type TaskBoard } from './task-board.ts';

/** With more tasks than this a line for each would hide the rest. */
const MAX_TASK_LINES = 25;
/** Of the column of task ids. */
const MIN_WIDTH = 16;
const MAX_WIDTH = 48;
const REDRAW_MS = 80;
const LINE_EVERY_MS = 2_000;

const MARKS: Readonly<Record<string, string>> = {
  'task.started': '…',
  'task.waiting': '⏸',
  'task.succeeded': '✓',
  'task.skipped': '–',
  'task.cancelled': '–',
  'task.failed': '✗',
};

function errorText({ data }: RunEvent): string {
  const { message } = (data['error'] ?? {}) as { readonly message?: string };
  return message === undefined ? '' : `: ${message}`;
}

/** Shows a run while it goes on: one line that is drawn again on a terminal, else a line every two seconds. */
export class Progress {
  private readonly board: TaskBoard;
  private readonly types: ReadonlyMap<string, string>;
  private readonly out: WriteStream;
  private readonly idWidth: number;
  private readonly startedAt = new Map<string, number>();
  private readonly begin = performance.now();
  private shownAt = performance.now();

  /** `types`: taskId → task type. */
  constructor(types: ReadonlyMap<string, string>, out: WriteStream) {
    this.types = types;
    this.board = newBoard(types.size);
    this.out = out;
    const longest = [...types.keys()].reduce((width, { length }) => Math.max(width, length), MIN_WIDTH);
    this.idWidth = Math.min(longest, MAX_WIDTH);
  }

  show(event: RunEvent): void {
    const ends = note(this.board, event);
    if (event.type === 'task.started') this.startedAt.set(event.taskId ?? '', Date.parse(event.at));
    if (this.types.size <= MAX_TASK_LINES && (ends || event.type === 'task.waiting'))
      this.line(this.describe(event));
    if (performance.now() - this.shownAt >= (this.out.isTTY ? REDRAW_MS : LINE_EVERY_MS)) this.draw();
  }

  /** A line that stays. */
  line(text: string): void {
    if (this.out.isTTY) this.out.write('\r\x1b[K');
    this.out.write(`${text}\n`);
    if (this.out.isTTY) this.draw();
  }

  finish(): void {
    this.draw();
    if (this.out.isTTY) this.out.write('\n');
  }

  private describe(event: RunEvent): string {
    const { type, taskId = '', at } = event;
    const startedAt = this.startedAt.get(taskId);
    const seconds = startedAt === undefined ? '' : `${((Date.parse(at) - startedAt) / 1000).toFixed(2)} s`;
    const what = `${MARKS[type] ?? ' '} ${taskId.padEnd(this.idWidth)} ${(this.types.get(taskId) ?? '').padEnd(18)}`;
    return `  ${what} ${seconds} ${type.slice('task.'.length)}${errorText(event)}`.trimEnd();
  }

  private secondsSince(startedAt: number | undefined, at: string): string {
    return startedAt === undefined ? '' : `${((Date.parse(at) - startedAt) / 1000).toFixed(2)} s`;
  }

  private draw(): void {
    this.shownAt = performance.now();
    const text = boardLine(this.board, (performance.now() - this.begin) / 1000);
    this.out.write(this.out.isTTY ? `\r\x1b[K${text.slice(0, (this.out.columns || 100) - 1)}` : `${text}\n`);
  }
}
