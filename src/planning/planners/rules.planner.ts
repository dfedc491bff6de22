import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { shortlistAll } from '../../agents/domain/routing.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import type { Definition } from '../../workflows/domain/definition.js';
import { validateDefinition } from '../../workflows/domain/validate-definition.js';
import type { CatalogueEntry } from '../domain/catalogue-entry.js';
import { Planner, type PlanningTask, type Proposal, type WorkflowPlanner } from '../planner.js';
import { CatalogueIndex } from '../rules/domain/catalogue-index.js';
import { planByRules } from '../rules/domain/plan-by-rules.js';

/** Catalogues differ by workflow and constraints; few are in use at a time. */
const MAX_INDEXES = 32;

/** Plans without a model: clauses, words, schemas. */
@Planner({
  id: 'rules',
  description: 'Without a model: clauses, words and schemas, and what approved plans taught.',
})
@Injectable()
export class RulesPlanner implements WorkflowPlanner {
  private readonly indexes = new LRUCache<string, CatalogueIndex>({ max: MAX_INDEXES });

  constructor(private readonly types: TaskTypeRegistry) {}

  /** A clause that fits nothing, where no person may be asked, is in the diagnostics as `not_placed`. */
  plan(task: PlanningTask): Proposal {
    const { request, catalogue } = task;
    const planned = planByRules(request, this.indexOf(catalogue), catalogue, (definition) =>
      this.check(definition),
    );
    const { definition, diagnostics } = planned;
    return {
      ...{ description: request, definition: withAgents(definition, task), diagnostics },
      ...{ confidence: null, alternatives: [] },
    };
  }

  /** The task types most likely needed, at most `count`, best first. */
  shortlist({ request, catalogue }: PlanningTask, count: number): readonly string[] {
    return catalogue.slice(0, count).map(({ name }) => name);
  }

  private indexOf(catalogue: readonly CatalogueEntry[]): CatalogueIndex {
    const key = catalogue.map(({ name }) => name).join(' ');
    const index = this.indexes.get(key) ?? new CatalogueIndex(catalogue);
    this.indexes.set(key, index);
    return index;
  }

  private check(definition: Definition) {
    return validateDefinition(definition, { findTaskType: (name) => this.types.find(name) }).issues;
  }
}

/** Where agents are constrained each task names the most specific one that can do it. */
function withAgents(definition: Definition, { constraints, agents }: PlanningTask): Definition {
  if (constraints.agentIds === undefined) return definition;
  const routable = agents.map((agent) => ({ ...agent, status: 'active' as const }));
  const demands = new Map(definition.tasks.map(({ taskType }) => [taskType, [taskType]]));
  const capable = shortlistAll(routable, demands);
  const tasks = definition.tasks.map((task) => {
    const [agentId] = capable.get(task.taskType) ?? [];
    return agentId === undefined ? task : { ...task, agentId };
  });
  return { ...definition, tasks };
}
