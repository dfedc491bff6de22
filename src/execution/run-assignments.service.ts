import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { newId } from '../common/ids.js';
import { Ports } from '../common/ports.js';
import { NotFoundError } from '../common/tandem-error.js';
import type { Definition } from '../workflows/domain/definition.js';
import { assignAgents, typesToRoute } from './domain/assign-agents.js';
import { agentNotActive, notStartable } from './runs.errors.js';
import { RUN_ADMISSION, type StartingRun } from './run-admission.port.js';
import type { NewRun } from './runs-store.port.js';

/** Finds the agents of new runs, and whether the budgets let them start. */
@Injectable()
export class RunAssignments {
  constructor(
    private readonly agents: AgentsService,
    private readonly ports: Ports,
  ) {}

  /** In the transaction of the start. Fails as `budget_exhausted` where its model calls may cost more than is left. */
  admit(run: StartingRun): Promise<void> {
    return this.ports.get(RUN_ADMISSION).admit(run);
  }

  /** Fails as `agent_not_found` or `agent_not_active`. */
  async requireActive(agentId: string): Promise<void> {
    const { status } = await this.agents.get(agentId);
    if (status !== 'active') throw agentNotActive(agentId, status);
  }

  /** Keeps an agent from being deleted until the ambient transaction ends. Fails as `agent_not_found`. */
  async keep(agentId: string): Promise<void> {
    if ((await this.agents.lockForUse(agentId)) === null) throw new NotFoundError('agent', agentId);
  }

  /** Gives every task its id and its agent. Fails as `not_startable` with every task that has no fit agent. */
  async assign(ownerAgentId: string, definition: Definition): Promise<NewRun['tasks']> {
    const routes = await this.agents.route(ownerAgentId, typesToRoute(definition));
    const named = definition.tasks.some(({ agentId }) => agentId !== undefined);
    const assigned = assignAgents(definition, named ? await this.agents.subtree(ownerAgentId) : [], routes);
    if ('issues' in assigned) throw notStartable(assigned.issues);
    return assigned.agentIds.map((agentId) => ({ id: newId(), agentId }));
  }
}
