import { Injectable } from '@nestjs/common';
import type { SubtreeAgent } from '../agents/agents.store.port.js';
import { AgentsService } from '../agents/agents.service.js';
import type { Issue } from '../common/issue.js';
import { covers } from '../tasks/domain/capability.js';
import { availabilityOf, type RegisteredTaskType } from '../tasks/domain/registered-task-type.js';
import { TaskTypeRegistry } from '../tasks/task-type.registry.js';
import type { PlanConstraints } from '../workflows/domain/plan-constraints.js';
import type { CatalogueEntry, PlanningAgent } from './domain/catalogue-entry.js';
import { toCatalogueEntry } from './domain/to-catalogue-entry.js';
import { emptyCatalogue, unfitConstraints } from './planning.errors.js';

/** What a plan may use. */
export interface PlanningScope {
  readonly catalogue: readonly CatalogueEntry[];
  readonly agents: readonly PlanningAgent[];
  /** The owner and all agents below it, those that may not be used too. */
  readonly subtree: readonly SubtreeAgent[];
}

/** Says which task types and agents a plan may use: what is available, allowed and somebody's capability. */
@Injectable()
export class PlanningScopes {
  private readonly entries = new WeakMap<RegisteredTaskType, CatalogueEntry>();

  constructor(
    private readonly types: TaskTypeRegistry,
    private readonly agents: AgentsService,
  ) {}

  /** All that is available, by name. */
  all(): CatalogueEntry[] {
    return this.types
      .list()
      .filter((type) => availabilityOf(type).available)
      .map((type) => this.entryOf(type));
  }

  /** Entries of the names that are registered, in their order. */
  entriesOf(names: readonly string[]): CatalogueEntry[] {
    return names
      .map((name) => this.types.find(name))
      .filter((type) => type !== undefined)
      .map((type) => this.entryOf(type));
  }

  /** One query. Fails as `invalid_constraints` for agents that are not the owner's, as `empty_catalogue` where nothing is left. */
  async of(ownerAgentId: string, { agentIds, taskTypes }: PlanConstraints): Promise<PlanningScope> {
    const subtree = await this.agents.subtree(ownerAgentId);
    const ids = new Set(subtree.map(({ id }) => id));
    const strangers = (agentIds ?? []).map((id, index) => ({ id, index })).filter(({ id }) => !ids.has(id));
    if (strangers.length > 0) throw unfitConstraints(strangers.map(strangerIssue));
    const agents = subtree.filter(
      ({ id, status }) => status === 'active' && (agentIds === undefined || agentIds.includes(id)),
    );
    const capabilities = [...new Set(agents.flatMap((agent) => agent.capabilities))];
    const catalogue = this.types
      .list()
      .filter(
        (type) =>
          availabilityOf(type).available &&
          capabilities.some((capability) => covers(capability, type.name)) &&
          (taskTypes === undefined || taskTypes.some((pattern) => covers(pattern, type.name))),
      )
      .map((type) => this.entryOf(type));
    if (catalogue.length === 0) throw emptyCatalogue(agents.length, taskTypes);
    return {
      catalogue,
      subtree,
      agents: agents.map(({ id, name, capabilities: can }) => ({ id, name, capabilities: can })),
    };
  }

  private entryOf(type: RegisteredTaskType): CatalogueEntry {
    const known = this.entries.get(type);
    if (known !== undefined) return known;
    const entry = toCatalogueEntry(type);
    this.entries.set(type, entry);
    return entry;
  }
}

const strangerIssue = ({ id, index }: { readonly id: string; readonly index: number }): Issue => ({
  code: 'unknown_agent',
  pointer: `/constraints/agentIds/${index}`,
  message: `The agent ${JSON.stringify(id)} is neither the owner of the workflow nor an agent below it.`,
});
