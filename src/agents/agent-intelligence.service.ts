import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { assertMatches, etagOf } from '../common/http/etag.js';
import { prefixIssues } from '../common/issue.js';
import { formatUsd, parseUsd } from '../common/money.js';
import { Ports } from '../common/ports.js';
import { InvalidInputError, NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { PutAgentIntelligence } from './agent-intelligence.schemas.js';
import { AgentsStore } from './agents.store.port.js';
import { BUDGET_LIMITS } from './budget-limits.port.js';
import type { Agent, LlmConfig } from './domain/agent.js';
import type { EffectivePolicy } from './domain/intelligence.js';
import { INTELLIGENCE_POLICY } from './intelligence-policy.port.js';
import { MODEL_CATALOGUE } from './model-catalogue.port.js';

/** What a client can set of an agent's intelligence. */
export type IntelligenceSettings = Pick<Agent, 'intelligenceLevel' | 'executionMode' | 'llmConfig'> & {
  /** USD, nine decimals; null: no limit of its own. */
  readonly budgetUsd: string | null;
};

export interface AgentIntelligence {
  readonly agent: Agent;
  readonly budgetUsd: string | null;
  readonly policy: EffectivePolicy;
}

/** When a model may help an agent and with what. A change holds from the next decision on, in running runs too. */
@Injectable()
export class AgentIntelligenceService {
  constructor(
    private readonly store: AgentsStore,
    private readonly work: UnitOfWork,
    private readonly ports: Ports,
    private readonly clock: Clock,
  ) {}

  /** Fails as `agent_not_found`. */
  async get(id: string): Promise<AgentIntelligence> {
    const agent = await this.store.find(id);
    if (agent === null) throw new NotFoundError('agent', id);
    return this.describe(agent, await this.budgetOf(id));
  }

  /** Fails as `agent_not_found`, `stale`, `invalid_llm_config` (models that do not exist, with those that do). */
  put(id: string, changes: PutAgentIntelligence, ifMatch: string | undefined): Promise<AgentIntelligence> {
    this.checkModels(changes.llmConfig ?? null);
    return this.work.transactional(async () => {
      const agent = await this.store.lock(id, 'change');
      if (agent === null) throw new NotFoundError('agent', id);
      const budgetUsd = await this.budgetOf(id);
      assertMatches(ifMatch, etagOf(settingsOf(agent, budgetUsd)));
      const { budgetUsd: newBudget = budgetUsd, ...settings } = changes;
      if (newBudget !== budgetUsd) await this.setBudget(id, newBudget);
      return this.describe(await this.update(agent, settings), newBudget);
    });
  }

  private async update(agent: Agent, settings: Omit<PutAgentIntelligence, 'budgetUsd'>): Promise<Agent> {
    const changed: Agent = { ...agent, ...settings };
    if (etagOf(settingsOf(changed, null)) === etagOf(settingsOf(agent, null))) return agent;
    const updated = { ...changed, updatedAt: this.clock.now() };
    await this.store.update(updated);
    return updated;
  }

  private checkModels(config: LlmConfig | null): void {
    const issues = config === null ? [] : this.ports.get(MODEL_CATALOGUE).check(config);
    const [first] = issues;
    if (first === undefined) return;
    throw new InvalidInputError('invalid_llm_config', first.message, prefixIssues(issues, '/llmConfig'));
  }

  private async budgetOf(id: string): Promise<string | null> {
    const limit = (await this.ports.get(BUDGET_LIMITS).find([`agent:${id}`])).get(`agent:${id}`)?.limit;
    return limit === undefined || limit === null ? null : formatUsd(limit);
  }

  private async setBudget(id: string, budgetUsd: string | null): Promise<void> {
    const limit = budgetUsd === null ? null : parseUsd(budgetUsd);
    await this.ports.get(BUDGET_LIMITS).set(`agent:${id}`, { limit, period: 'none' });
  }

  private async describe(agent: Agent, budgetUsd: string | null): Promise<AgentIntelligence> {
    return { agent, budgetUsd, policy: await this.ports.get(INTELLIGENCE_POLICY).effectiveFor(agent) };
  }
}

/** What the entity tag covers. */
export function settingsOf(
  { intelligenceLevel, executionMode, llmConfig }: Omit<IntelligenceSettings, 'budgetUsd'>,
  budgetUsd: string | null,
): IntelligenceSettings {
  return { intelligenceLevel, executionMode, llmConfig, budgetUsd };
}
