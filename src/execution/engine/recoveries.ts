import { type TaskFailure, toFailure } from '../../tasks/domain/task-error.js';
import { decideByRules } from '../domain/decide-by-rules.js';
import { readProposal, type ReadProposal } from '../domain/read-proposal.js';
import { adjusted, currentDefinition } from '../domain/task-plan.js';
import type { TaskPlan } from '../domain/run-state.js';
import type { RecoveryContext } from '../recovery-advisor.port.js';
import type { AttemptHost } from './attempt-host.js';
import type { EngineContext } from './engine-context.js';

/** Asks the advisor about failed attempts of one run. */
export class Recoveries {
  constructor(
    private readonly host: AttemptHost,
    private readonly engine: EngineContext,
  ) {}

  /** Whether the advisor wants to be asked once the failure is on record. */
  isAdvised(task: number, failure: TaskFailure): boolean {
    try {
      return this.engine.services.advisor.isAsked(this.contextOf(task, failure));
    } catch (error) {
      this.engine.report(`The recovery advisor failed: ${toFailure(error).message}`);
      return false;
    }
  }

  /** The proposal is on record. */
  apply(task: number): void {
    const { state, definition } = this.host;
    const { attempt, proposal } = state.tasks.get(task);
    const changes = proposal?.action === 'retry' ? proposal.parameters : undefined;
    const changed = changes === undefined ? {} : { definition: adjusted(definition, state, task, changes) };
    this.host.feed({ kind: 'applyRecovery', task, attempt, ...changed });
  }

  async advise(task: number): Promise<void> {
    const { error, attempt } = this.host.state.tasks.get(task);
    if (error === null) return;
    const context = this.contextOf(task, error);
    const answer = await this.ask(context);
    if ('proposal' in answer) return this.host.feed({ kind: 'recoveryProposed', task, attempt, ...answer });
    const { refused } = answer;
    this.engine.report(`The recovery advisor is not heeded for run ${this.host.runId}: ${refused}`);
    this.host.feed({ kind: 'recoveryProposed', task, attempt, proposal: context.rules, refused });
  }

  private async ask(context: RecoveryContext): Promise<ReadProposal> {
    try {
      return readProposal(await this.engine.services.advisor.advise(context));
    } catch (error) {
      return { refused: toFailure(error).message };
    }
  }

  private contextOf(task: number, failure: TaskFailure): RecoveryContext {
    const { runId, workflowId, assisted, state, definition } = this.host;
    const { agentId, attempt, effect, alternative, isAdvised } = state.tasks.get(task);
    const { id, alternatives } = state.plan[task] as TaskPlan;
    return {
      ...{ runId, workflowId, assisted, id, agentId, attempt, isAdvised, effect, failure },
      task: currentDefinition(definition, state, task),
      // Made when it is looked at: most runs are large, and most advisors do not care.
      get definition() {
        return { tasks: state.plan.map((_, index) => currentDefinition(definition, state, index)) };
      },
      alternativesLeft: alternatives - alternative,
      rules: decideByRules(state, task, failure),
    };
  }
}
