import type { PlanDiagnostic } from '../../../../workflows/domain/plan.js';
import type { DraftedTask, Handed } from './drafted-task.js';
import { TaskIds } from './task-ids.js';

/** What an earlier task hands on, and which task that is. */
export interface Supply {
  readonly task: number;
  readonly handed: Handed;
}

/** The tasks of a plan in the making, known by their index. */
export class TaskList {
  readonly tasks: DraftedTask[] = [];
  private readonly ids = new TaskIds();

  /** A slug out of these words that no task has yet. */
  nextId(words: string): string {
    return this.ids.next(words);
  }

  /** Answers its index. */
  add(task: DraftedTask): number {
    return this.tasks.push(task) - 1;
  }

  /** What the task hands on, once it is there. */
  addSupply(task: DraftedTask & { readonly handed: Handed }): Supply {
    return { task: this.add(task), handed: task.handed };
  }

  /** Takes back what was added since there were `count` tasks. */
  cut(count: number): void {
    for (const { taskId } of this.tasks.splice(count)) this.ids.free(taskId);
  }

  /** Another task in the place of one. */
  replace(task: number, by: DraftedTask): void {
    this.tasks[task] = by;
  }

  addNote(task: number, note: PlanDiagnostic): void {
    const known = this.tasks[task];
    if (known !== undefined) this.tasks[task] = { ...known, notes: [...known.notes, note] };
  }

  idOf(task: number): string {
    return this.tasks[task]?.taskId ?? '';
  }

  /** What the nearest of these tasks, or of those before them, hands on. */
  nearestSupply(tasks: Iterable<number>): Supply | null {
    const seen = new Set(tasks);
    for (const task of seen) {
      const { handed = null, dependencies = [] } = this.tasks[task] ?? {};
      if (handed !== null) return { task, handed };
      for (const next of dependencies) seen.add(next);
    }
    return null;
  }
}
