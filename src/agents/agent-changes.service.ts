import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { assertMatches, etagOf } from '../common/http/etag.js';
import { newId } from '../common/ids.js';
import { Ports } from '../common/ports.js';
import { NotFoundError } from '../common/tandem-error.js';
import { AppConfig } from '../config/config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AGENT_LOAD } from './agent-load.port.js';
import { agentInUse, hierarchyCycle, parentRetired, unknownAgent } from './agents.errors.js';
import type { CreateAgent, CreateChildAgent, PatchAgent } from './agents.schemas.js';
import { AgentsStore } from './agents.store.port.js';
import { type Agent, NOTHING_BOOKED, settableFields } from './domain/agent.js';
import { type AgentDependents, reasonsAgainstDelete } from './domain/deletion.js';
import { wouldCloseCycle } from './domain/hierarchy.js';
import { OWNED_WORKFLOWS } from './owned-workflows.port.js';

/** Creates, moves, changes and deletes agents, each in one transaction (the ambient one where there is one). */
@Injectable()
export class AgentChangesService {
  constructor(
    private readonly store: AgentsStore,
    private readonly work: UnitOfWork,
    private readonly ports: Ports,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** A level or mode that `fields` leave open is the parent's, else that of the deployment. */
  create(fields: CreateAgent, id = newId()): Promise<Agent> {
    return this.work.transactional(async () => {
      const { parentAgentId } = fields;
      const parent = parentAgentId === null ? null : await this.requireParent(parentAgentId);
      return this.insert(id, fields, parent);
    });
  }

  /** A child of the agent; capabilities, level and mode that `fields` leave open are its parent's. */
  createChild(parentAgentId: string, fields: CreateChildAgent): Promise<Agent> {
    return this.work.transactional(async () => {
      const parent = await this.store.lock(parentAgentId, 'use');
      if (parent === null) throw new NotFoundError('agent', parentAgentId);
      if (parent.status === 'retired') throw parentRetired(parent);
      const capabilities = fields.capabilities ?? [...parent.capabilities];
      return this.insert(newId(), { ...fields, capabilities, parentAgentId }, parent);
    });
  }

  /** A patch after which the agent would be as it is changes nothing, its time neither. */
  patch(id: string, patch: PatchAgent, ifMatch: string | undefined): Promise<Agent> {
    return this.work.transactional(async () => {
      const newParentId = patch.parentAgentId ?? null;
      if (newParentId !== null) await this.store.lockHierarchy();
      const agent = await this.lockForChange(id, ifMatch);
      if (newParentId !== null && newParentId !== agent.parentAgentId) await this.checkMove(id, newParentId);
      const changed: Agent = { ...agent, ...patch };
      if (etagOf(settableFields(changed)) === etagOf(settableFields(agent))) return agent;
      const patched = { ...changed, updatedAt: this.clock.now() };
      await this.store.update(patched);
      return patched;
    });
  }

  /** Refuses while something depends on the agent. */
  remove(id: string, ifMatch: string | undefined): Promise<void> {
    return this.work.transactional(async () => {
      const agent = await this.lockForChange(id, ifMatch);
      const reasons = reasonsAgainstDelete(await this.dependentsOf(id));
      if (reasons.length > 0) throw agentInUse(agent, reasons);
      await this.store.delete(id);
    });
  }

  private async dependentsOf(id: string): Promise<AgentDependents> {
    const children = (await this.store.childIds([id])).get(id)?.length ?? 0;
    const workflows = await this.ports.get(OWNED_WORKFLOWS).countOwnedBy(id);
    const liveTasks = (await this.ports.get(AGENT_LOAD).liveTaskCounts([id])).get(id) ?? 0;
    return { children, workflows, liveTasks };
  }

  private async insert(id: string, fields: CreateAgent, parent: Agent | null): Promise<Agent> {
    const now = this.clock.now();
    const from = parent ?? this.config.newAgents;
    const {
      intelligenceLevel = from.intelligenceLevel,
      executionMode = from.executionMode,
      ...rest
    } = fields;
    const settings = { intelligenceLevel, executionMode, ...NOTHING_BOOKED };
    const agent: Agent = { id, ...rest, ...settings, createdAt: now, updatedAt: now };
    await this.store.insert(agent);
    return agent;
  }

  private async lockForChange(id: string, ifMatch: string | undefined): Promise<Agent> {
    const agent = await this.store.lock(id, 'change');
    if (agent === null) throw new NotFoundError('agent', id);
    assertMatches(ifMatch, etagOf(settableFields(agent)));
    return agent;
  }

  private async requireParent(parentAgentId: string): Promise<Agent> {
    const parent = await this.store.lock(parentAgentId, 'use');
    if (parent === null) throw unknownAgent('/parentAgentId', parentAgentId);
    if (parent.status === 'retired') throw parentRetired(parent);
    return parent;
  }

  /** Under the hierarchy lock: nobody else can move an agent of the path meanwhile. */
  private async checkMove(id: string, parentAgentId: string): Promise<void> {
    if (wouldCloseCycle(id, await this.store.pathToRoot(parentAgentId))) {
      throw hierarchyCycle(id, parentAgentId);
    }
    await this.requireParent(parentAgentId);
  }
}
