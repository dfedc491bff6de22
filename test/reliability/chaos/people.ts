import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../invariants.js';
import type { Chance } from './chance.js';
import type { Client } from './client.js';
import type { Ledger } from './ledger.js';

const LOOK_INTERVAL_MS = 100;
/** As long as this nobody asks the same again. */
const PATIENCE_MS = 2_000;
const MAX_AT_ONCE = 40;

interface OpenQuestion {
  /** Of the task, or of a paused run. */
  readonly id: string;
  readonly form: 'approval' | 'task' | 'recovery' | 'failure' | 'unknown' | 'paused';
}

const OPEN_QUESTIONS = `
select t.id, case when t.status = 'unknown' then 'unknown' when t.wait -> 'details' ? 'choices' then 'failure'
  else coalesce(t.wait ->> 'form', 'task') end as form
from tasks t join runs r on r.id = t.run_id
where r.finished_at is null and r.status <> 'paused' and (t.status = 'unknown' or (t.status = 'waiting' and t.waiting_for = 'person'))
union all
select r.id, 'paused' from runs r where r.finished_at is null and r.status = 'paused'`;

/** Answers what runs ask: approves, completes, resumes, and looks up in the ledger what became of attempts in doubt. */
export class People {
  answered = 0;
  private stopped = false;
  private readonly asked = new Map<string, number>();
  private readonly open = new Set<Promise<void>>();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: Client,
    private readonly query: Query,
    private readonly ledger: Ledger,
    private readonly chance: Chance,
  ) {}

  start(): void {
    this.stopped = false;
    this.loop = this.attend();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
    await Promise.all(this.open);
  }

  private async attend(): Promise<void> {
    while (!this.stopped) {
      const questions = await this.query<OpenQuestion & Record<string, unknown>>(OPEN_QUESTIONS).catch(
        () => [],
      );
      for (const question of questions) this.consider(question);
      await sleep(LOOK_INTERVAL_MS);
    }
  }

  private consider(question: OpenQuestion): void {
    if ((this.asked.get(question.id) ?? 0) > Date.now() - PATIENCE_MS || this.open.size >= MAX_AT_ONCE)
      return;
    this.asked.set(question.id, Date.now());
    const work: Promise<void> = this.answer(question).finally(() => this.open.delete(work));
    this.open.add(work);
  }

  private async answer({ id, form }: OpenQuestion): Promise<void> {
    // At any moment: while the run goes on, parks or sleeps.
    await sleep(this.chance.is(0.5) ? 0 : this.chance.between(0, 300));
    const answer = await this.client.post(...this.words(id, form));
    if (answer !== null && answer.status < 300) this.answered += 1;
  }

  private words(id: string, form: OpenQuestion['form']): [string, object] {
    switch (form) {
      case 'approval':
        return [`/tasks/${id}/${this.chance.is(0.9) ? 'approve' : 'reject'}`, {}];
      case 'paused':
        return [`/runs/${id}/resume`, {}];
      case 'recovery':
        return [`/tasks/${id}/retry`, {}];
      case 'unknown': {
        const entry = this.ledger.effects.get(id);
        // Never `retry`: whatever the ledger sees twice was repeated by the product.
        return [
          `/tasks/${id}/resolve`,
          entry === undefined ? { outcome: 'failed' } : { outcome: 'succeeded', result: { entry } },
        ];
      }
      // What to do about a failed task.
      case 'failure':
        return [`/tasks/${id}/complete`, { answer: { action: this.chance.is(0.6) ? 'retry' : 'fail' } }];
      case 'task':
        return [`/tasks/${id}/complete`, { answer: 3 }];
      default:
        return [`/tasks/${id}/complete`, { answer: 3 }];
    }
  }
}
