import type { RecoveryAction } from '../../src/execution/domain/proposal.js';
import type { Command, RunState } from '../../src/execution/domain/run-state.js';
import { adjusted } from '../../src/execution/domain/task-plan.js';
import type { StoredTask } from '../factories/run.factory.js';
import type { CommittedRun } from './committed-run.js';
import type { RunOwner } from './run-owner.js';
import { must } from './run-rules.js';
import { ACTIONS } from './run-script.js';

type RecoveryCommand = Extract<Command, { kind: 'adviseRecovery' | 'applyRecovery' }>;

/** Failed attempts an advisor is asked about, and proposals to apply. */
export class RecoveryCommands {
  private commands: RecoveryCommand[] = [];

  constructor(
    private readonly committed: CommittedRun,
    private readonly owner: RunOwner,
    private readonly pick: (below: number) => number,
  ) {}

  get isEmpty(): boolean {
    return this.commands.length === 0;
  }

  /** The step that commands it is stored. */
  add(command: RecoveryCommand): void {
    const { proposal, status } = this.committed.rows[command.task] as StoredTask;
    // A step of the same commit has gone on.
    if (status !== 'recovering') return;
    if (command.kind === 'adviseRecovery') must(proposal === null, `t${command.task} is asked about twice`);
    else must(proposal !== null, `the proposal for t${command.task} is not stored`);
    this.commands.push(command);
  }

  /** An advisor answers, or what one has proposed is applied. */
  carryOutOne(): void {
    const [command] = this.commands.splice(this.pick(this.commands.length), 1);
    if (command === undefined || this.owner.state === null) return;
    const { kind, task } = command;
    const { attempt } = this.owner.state.tasks.get(task);
    if (kind === 'applyRecovery') return this.apply(this.owner.state, task, attempt);
    const action = ACTIONS[this.pick(ACTIONS.length)] as RecoveryAction;
    const proposal = { ...action, source: 'test', reason: 'because' };
    this.owner.tell({ kind: 'recoveryProposed', task, attempt, proposal });
  }

  private apply(state: RunState, task: number, attempt: number): void {
    const { proposal } = state.tasks.get(task);
    const changes = proposal?.action === 'retry' ? proposal.parameters : undefined;
    const definition =
      changes === undefined ? {} : { definition: adjusted(this.committed.definition, state, task, changes) };
    this.owner.tell({ kind: 'applyRecovery', task, attempt, ...definition });
  }

  /** The owner is gone. */
  forget(): void {
    this.commands = [];
  }
}
