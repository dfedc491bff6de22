import { Injectable } from '@nestjs/common';
import { InvalidInputError } from '../common/tandem-error.js';
import type { Effect } from '../tasks/domain/effect.js';
import { TaskTypeRegistry } from '../tasks/task-type.registry.js';
import { type DefinitionDiff, diffDefinitions } from './domain/diff-definitions.js';
import type { Definition, TaskDefinition } from './domain/definition.js';
import { effectsOfTasks } from './domain/effects.js';
import type { Plan } from './domain/plan.js';
import { unpatched } from './domain/run-patch.js';
import { toMermaid } from './domain/to-mermaid.js';
import { PlansService } from './plans.service.js';
import { PlansStore } from './plans.store.port.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** What a plan was compared with: a plan by its id, the definition of the workflow, that of its run, nothing. */
export type ComparedWith = string | 'definition' | 'run' | null;

/** What can be seen of plans: what changed, and a picture. */
@Injectable()
export class PlanInsights {
  constructor(
    private readonly plans: PlansService,
    private readonly store: PlansStore,
    private readonly workflows: WorkflowsStore,
    private readonly types: TaskTypeRegistry,
  ) {}

  /**
   * What a plan changes of another of its workflow, of the definition the workflow has (`definition`), or by default of
   * the approved plan; where there is none of it, of nothing. By default an adaptation is compared with its run as it was. Fails as `plan_not_found`, `plan_of_another_workflow`.
   */
  async diff(id: string, against?: string): Promise<{ against: ComparedWith; diff: DefinitionDiff }> {
    const plan = await this.plans.get(id);
    const { comparedWith, definition } = await this.baseOf(plan, against);
    return { against: comparedWith, diff: diffDefinitions(definition ?? { tasks: [] }, plan.definition) };
  }

  /** A Mermaid flowchart. Fails as `plan_not_found`. */
  async mermaid(id: string): Promise<string> {
    const { definition } = await this.plans.get(id);
    return toMermaid(definition, (task) => this.worstEffect(task));
  }

  /** The approved plan; of that one itself, and where there is none, the version before. */
  private async usualBase({ id, workflowId, version }: Plan): Promise<Plan | null> {
    const approved = await this.store.findApproved(workflowId);
    if (approved !== null && approved.id !== id) return approved;
    return this.store.findVersion(workflowId, version - 1);
  }

  private worstEffect(task: TaskDefinition): Effect {
    return effectsOfTasks([task], (name) => this.types.find(name)).at(-1) ?? 'none';
  }

  private async baseOf(
    plan: Plan,
    against: string | undefined,
  ): Promise<{ comparedWith: ComparedWith; definition: Definition | null }> {
    if (against === 'definition') {
      const definition = await this.workflows.findDefinition(plan.workflowId);
      return { comparedWith: definition === null ? null : 'definition', definition };
    }
    if (against === undefined && plan.adaptation !== null)
      return { comparedWith: 'run', definition: unpatched(plan.definition, plan.adaptation) };
    const base = against === undefined ? await this.usualBase(plan) : await this.plans.get(against);
    if (base !== null && base.workflowId !== plan.workflowId) throw ofAnotherWorkflow(base);
    return { comparedWith: base?.id ?? null, definition: base?.definition ?? null };
  }
}

function ofAnotherWorkflow({ id, workflowId }: Plan): InvalidInputError {
  const message = `Plan ${id} is one of the workflow ${workflowId}; plans are compared within a workflow.`;
  const issue = { code: 'plan_of_another_workflow', pointer: '/against', message };
  return new InvalidInputError(issue.code, message, [issue]);
}
