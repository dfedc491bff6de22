import { newId } from '../../src/common/ids.js';
import { PERSON_CHOICES } from '../../src/execution/domain/proposal.js';
import type { RunPatch } from '../../src/workflows/domain/run-patch.js';
import type { SignalBody } from '../../src/execution/domain/run-input.js';
import type { StoredTask } from '../factories/run.factory.js';
import type { CommittedRun } from './committed-run.js';
import type { RunOwner } from './run-owner.js';
import { type Chance, outcomeOf, scriptOf, type ScriptedTask } from './run-script.js';
import type { RunningAttempts } from './running-attempts.js';

const NO_CHANGE: RunPatch = { changed: [], reassigned: [], added: [], removed: [] };

/** People who decide what waits for them, and ask for more than that. */
export class RunPeople {
  cancelled = false;

  constructor(
    private readonly script: readonly ScriptedTask[],
    private readonly committed: CommittedRun,
    private readonly owner: RunOwner,
    private readonly running: RunningAttempts,
    private readonly chance: Chance,
  ) {}

  decide(task: number): void {
    const { failedAttempts, wait, own } = this.committed.rows[task] as StoredTask;
    if (own?.taskType === 'human.task') return this.choose(task);
    if (wait?.['form'] === 'task')
      return this.send({ kind: 'complete', task, by: 'ada', result: { json: '"by hand"' } });
    const isApproved = outcomeOf(scriptOf(this.script, task), failedAttempts) === 'approve';
    this.send({ kind: isApproved ? 'approve' : 'reject', task, by: 'ada', comment: null });
  }

  /** What is to be done about a failed attempt. */
  private choose(task: number): void {
    const action = PERSON_CHOICES[this.chance.pick(PERSON_CHOICES.length)];
    const answer = { action, ...(action === 'delegate' ? { toAgentId: 'other' } : {}) };
    const result = { json: JSON.stringify({ answer, by: 'ada' }) };
    this.send({ kind: 'complete', task, by: 'ada', result });
  }

  /** The type finds out, or a person says so; tame worlds have only people who say that it failed. */
  settleDoubt(task: number): void {
    const { attempt } = this.committed.rows[task] as StoredTask;
    const choice = this.chance.isWild ? this.chance.pick(5) : 4;
    if (choice === 0)
      return this.owner.tell({ kind: 'probedDone', task, attempt, result: { json: '"found"' } });
    if (choice === 1 || choice === 2) this.running.clearDoubt(task);
    if (choice === 1) return this.owner.tell({ kind: 'probedNotDone', task, attempt });
    const outcome = choice === 2 ? 'retry' : choice === 3 ? 'succeeded' : 'failed';
    const result = outcome === 'succeeded' ? { json: '"said"' } : null;
    this.send({ kind: 'resolve', task, by: 'ada', outcome, comment: null, result });
  }

  resume(): void {
    this.send({ kind: 'resume', by: 'ada' });
  }

  cancel(): void {
    this.cancelled = true;
    this.send({ kind: 'cancel', by: 'ada' });
  }

  /** Somebody asks for something, fit or not. */
  interfere(): void {
    const { pick } = this.chance;
    const { rows } = this.committed;
    const about = { task: pick(rows.length), by: 'ada' };
    const kinds = [
      'pause',
      'resume',
      'cancelTask',
      'retryTask',
      'delegate',
      'spawn',
      'approve',
      'resolve',
      'adapt',
    ] as const;
    const kind = kinds[pick(kinds.length)] as (typeof kinds)[number];
    if (kind === 'pause' || kind === 'resume') return this.send({ kind, by: 'ada' });
    if (kind === 'cancelTask' && pick(8) > 0) return;
    if (kind === 'adapt') return this.adapt(about.task);
    if (kind === 'delegate') return this.send({ ...about, kind, toAgentId: 'other' });
    if (kind === 'approve') return this.send({ ...about, kind, comment: null });
    if (kind === 'resolve') {
      if (rows[about.task]?.status === 'unknown') return;
      return this.send({ ...about, kind, outcome: 'failed', comment: null, result: null });
    }
    if (kind !== 'spawn') return this.send({ ...about, kind });
    const definition = { taskType: 'test.noop', parameters: {}, optional: pick(2) === 0 };
    this.send({ ...about, kind, id: newId(), agentId: 'agent', definition });
  }

  /** Changes, adds or leaves out a task, fit or not. */
  private adapt(task: number): void {
    const { pick } = this.chance;
    const { rows, definition } = this.committed;
    const own = rows[task]?.own ?? definition.tasks[task];
    if (own === undefined) return;
    const others = [...definition.tasks, ...rows.map((row) => row.own)].flatMap((each) => each?.taskId ?? []);
    const dependencies = [others[pick(others.length)] as string];
    const fresh = { taskId: `x${this.committed.signals.length}`, taskType: 'test.noop', parameters: {} };
    const patches: RunPatch[] = [
      { ...NO_CHANGE, removed: [own.taskId] },
      { ...NO_CHANGE, reassigned: [{ taskId: own.taskId, agentId: 'other' }] },
      { ...NO_CHANGE, changed: [{ ...own, dependencies }] },
      {
        ...NO_CHANGE,
        added: [{ id: newId(), agentId: 'agent', definition: { ...fresh, dependencies } }],
      },
    ];
    this.send({ kind: 'adapt', by: 'ada', planId: 'p', patch: patches[pick(patches.length)] as RunPatch });
  }

  private send(body: SignalBody): void {
    this.owner.hear(this.committed.receive(body));
  }
}
