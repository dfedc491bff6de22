import { Injectable } from '@nestjs/common';
import { unknownAgent } from '../agents/agents.errors.js';
import { AgentsService } from '../agents/agents.service.js';
import type { SubtreeAgent } from '../agents/agents.store.port.js';
import type { Issue } from '../common/issue.js';
import { Ports } from '../common/ports.js';
import { TASK_HISTORY } from '../tasks/task-history.port.js';
import { checkSchema } from '../tasks/json-schema/check-schema.js';
import { TaskTypeRegistry } from '../tasks/task-type.registry.js';
import type { Definition } from './domain/definition.js';
import { type Quote, quoteDefinition } from './domain/quote.js';
import { type Validation, validateDefinition } from './domain/validate-definition.js';
import { MODEL_COST_ESTIMATOR } from './model-cost-estimator.port.js';
import { invalidDefinition } from './workflows.errors.js';

/** What a check of a definition says. */
export interface DefinitionCheck {
  readonly valid: boolean;
  readonly issues: readonly Issue[];
  /** Typed, defaults filled in; null unless valid. */
  readonly definition: Definition | null;
  /** null when the graph is broken. */
  readonly quote: Quote | null;
}

/** Checks definitions against the task types and agents of this deployment, with a constant number of queries. */
@Injectable()
export class DefinitionChecker {
  constructor(
    private readonly agents: AgentsService,
    private readonly types: TaskTypeRegistry,
    private readonly ports: Ports,
  ) {}

  /**
   * All issues and the quote. `owner`: its id (an unknown one is `unknown_agent`), or it and the agents below it where
   * these were read already; without one capability is not checked.
   */
  async check(value: unknown, owner?: string | readonly SubtreeAgent[]): Promise<DefinitionCheck> {
    const agents = typeof owner === 'string' ? await this.agentsOf(owner) : owner;
    const { valid, issues, definition, quotable } = this.validate(value, agents);
    return { valid, issues, definition, quote: await this.quote(quotable, agents ?? []) };
  }

  /** The definition, typed, or `invalid_definition` with all issues under `prefix`. */
  async require(value: unknown, ownerAgentId: string, prefix: string): Promise<Definition> {
    const { definition, issues } = this.validate(value, await this.agentsOf(ownerAgentId));
    if (definition === null) throw invalidDefinition(issues, prefix);
    return definition;
  }

  private validate(value: unknown, agents: readonly SubtreeAgent[] | undefined): Validation {
    return validateDefinition(value, {
      findTaskType: (name) => this.types.find(name),
      taskTypeNames: this.types.list().map((type) => type.name),
      checkSchema,
      ...(agents === undefined ? {} : { agents }),
    });
  }

  private async agentsOf(ownerAgentId: string): Promise<readonly SubtreeAgent[]> {
    const agents = await this.agents.subtree(ownerAgentId);
    if (agents.length === 0) throw unknownAgent('/ownerAgentId', ownerAgentId);
    return agents;
  }

  private async quote(
    quotable: Validation['quotable'],
    agents: readonly SubtreeAgent[],
  ): Promise<Quote | null> {
    if (quotable === null) return null;
    const { definition, graph } = quotable;
    const typeNames = [...new Set(definition.tasks.map((task) => task.taskType))];
    const [histories, cost] = await Promise.all([
      this.ports.get(TASK_HISTORY).summarise(typeNames),
      this.ports.get(MODEL_COST_ESTIMATOR).estimate(
        definition,
        agents.map(({ id }) => id),
      ),
    ]);
    return quoteDefinition(definition, graph, {
      histories,
      cost,
      findTaskType: (name) => this.types.find(name),
    });
  }
}
