import type { TaskStatus } from '../../src/execution/domain/status.js';
import { must } from './run-rules.js';

interface Permit {
  readonly agentId: string | null;
  isHeld: boolean;
}

export interface Question {
  readonly task: number;
  readonly agentId: string | null;
  readonly number: number;
  /** Of the owner that asked. */
  readonly epoch: number;
}

interface Answer {
  readonly task: number;
  readonly number: number;
  readonly isGranted: boolean;
  readonly isNew: boolean;
}

/** What the database knows of a run when it is asked. */
interface StoredRun {
  readonly epoch: number;
  readonly isPaused: boolean;
  readonly rows: readonly { readonly status: TaskStatus; readonly agentId: string | null }[];
}

/** The permits of limited agents as the database has them, with questions and answers on their way. */
export class PermitDesk {
  /** By task: what is committed. */
  readonly permits = new Map<number, Permit>();
  private questions: Question[] = [];
  private answers: Answer[] = [];
  /** The last question of each task. */
  private readonly last = new Map<number, number>();
  private count = 0;

  get hasQuestions(): boolean {
    return this.questions.length > 0;
  }

  get hasAnswers(): boolean {
    return this.answers.length > 0;
  }

  get waiting(): number[] {
    return [...this.permits].flatMap(([task, { isHeld }]) => (isHeld ? [] : task));
  }

  /** The owner begins to ask: answers to what it asked about the task before are of no use any more. */
  begin(task: number): number {
    this.count += 1;
    this.last.set(task, this.count);
    return this.count;
  }

  /** The question is on its way to the database. */
  ask(question: Question): void {
    this.questions.push(question);
  }

  /** One question reaches the database: an owner that lost the run, a paused run, another agent get nothing. */
  answerOne(run: StoredRun, pick: (below: number) => number): void {
    // An owner asks about a task again when it has its answer.
    const next = this.questions.filter(
      ({ task, epoch }, index) =>
        index === this.questions.findIndex((other) => other.task === task && other.epoch === epoch),
    );
    const question = next[pick(next.length)];
    if (question === undefined) return;
    this.questions = this.questions.filter((other) => other !== question);
    const { task, agentId, number, epoch } = question;
    const row = run.rows[task];
    if (epoch !== run.epoch || run.isPaused || row?.status !== 'ready' || row.agentId !== agentId) return;
    const known = this.permits.get(task);
    const permit = known ?? { agentId, isHeld: false };
    permit.isHeld ||= pick(2) === 0;
    this.permits.set(task, permit);
    this.answers.push({ task, number, isGranted: permit.isHeld, isNew: known === undefined });
  }

  /** One answer reaches its owner; null when the owner has asked again since. */
  hearOne(pick: (below: number) => number): Answer | null {
    const [answer] = this.answers.splice(pick(this.answers.length), 1);
    return answer !== undefined && this.last.get(answer.task) === answer.number ? answer : null;
  }

  /** The owner is gone: it hears nothing any more. What it asked may still reach the database. */
  forget(): void {
    this.answers = [];
    this.last.clear();
  }

  /** A permit belongs to a task that may run, of the agent the task has; a paused run keeps none from others. */
  check({ rows, isPaused }: Omit<StoredRun, 'epoch'>): void {
    for (const [task, { agentId, isHeld }] of this.permits) {
      const row = rows[task];
      must(row?.agentId === agentId, `t${task} has a permit of agent ${agentId}`);
      must(
        row?.status === 'ready' || (isHeld && row?.status === 'running'),
        `t${task} is ${row?.status} and ${isHeld ? 'holds' : 'awaits'} a permit`,
      );
      must(!isPaused || row?.status === 'running', `t${task} keeps a permit while its run is paused`);
    }
  }
}
