import { Injectable } from '@nestjs/common';
import { AgentsService } from '../../agents/agents.service.js';
import type { LlmConfig } from '../../agents/domain/agent.js';
import { formatUsd } from '../../common/money.js';
import { Contributes } from '../../common/ports.js';
import { AppConfig } from '../../config/config.js';
import { DEFAULT_RETRY } from '../../execution/domain/task-plan.js';
import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import type { QuotedCost } from '../../workflows/domain/quote.js';
import { MODEL_COST_ESTIMATOR, type ModelCostEstimator } from '../../workflows/model-cost-estimator.port.js';
import { type Candidate, chooseCandidates, parseModelName } from '../calls/candidates.js';
import { MAX_ATTEMPTS } from '../calls/model-calls.service.js';
import { upperBound } from '../domain/model-cost.js';
import { ProviderRegistry } from '../providers/provider.registry.js';
import type { ModelUse } from '../../tasks/domain/model-use.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';

type Work = Pick<TaskDefinition, 'taskType' | 'parameters'>;

const worksOf = (task: TaskDefinition): Work[] => [
  task,
  ...(task.alternatives ?? []),
  ...(task.compensation == null ? [] : [task.compensation]),
];

/** What a task asks of models, and who may execute it. */
interface ModelWork {
  readonly uses: readonly ModelUse[];
  readonly maxAttempts: number;
  readonly agentIds: readonly string[];
}

/**
 * The most the declared model tasks of a definition can cost, with all their attempts, fallbacks and repairs: each call
 * at the upper bound of a request as large as it may be. For the model a task names, else those of the agent that
 * executes it, of several the dearest, else that of the deployment.
 */
@Injectable()
@Contributes(MODEL_COST_ESTIMATOR)
export class DefinitionCost implements ModelCostEstimator {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly taskTypes: TaskTypeRegistry,
    private readonly agents: AgentsService,
    private readonly config: AppConfig,
  ) {}

  async estimate(definition: Definition, agentIds: readonly string[]): Promise<QuotedCost> {
    const executors = definition.tasks.map(({ agentId }) => (agentId === undefined ? agentIds : [agentId]));
    const maximumUsd = formatUsd(await this.maximum(definition, executors));
    return { maximumUsd, assistanceLimitUsd: formatUsd(0n) };
  }

  /**
   * Nano-dollars. `executors`: for each task, who may execute it. A task whose model cannot be asked costs nothing: it
   * fails. A definition without model tasks costs no statement.
   */
  async maximum({ tasks }: Definition, executors: readonly (readonly string[])[]): Promise<bigint> {
    const works = tasks.map((task, index): ModelWork => ({
      uses: worksOf(task).flatMap(({ taskType, parameters }) => {
        const use = this.taskTypes.find(taskType)?.modelUse?.(parameters);
        return use === undefined ? [] : [use];
      }),
      maxAttempts: { ...DEFAULT_RETRY, ...task.retry }.maxAttempts,
      agentIds: executors[index] ?? [],
    }));
    const asking = works.filter(({ uses }) => uses.length > 0);
    const ids = [...new Set(asking.flatMap(({ agentIds }) => agentIds))];
    const configs = ids.length === 0 ? new Map<string, LlmConfig>() : await this.agents.llmConfigs(ids);
    return asking.reduce((sum, work) => sum + this.costOf(work, configs), 0n);
  }

  private costOf(
    { uses, maxAttempts, agentIds }: ModelWork,
    configs: ReadonlyMap<string, LlmConfig>,
  ): bigint {
    const settings = agentIds.map((id) => configs.get(id) ?? null);
    const anyone = settings.length === 0 ? [null] : [...new Set(settings)];
    const attempt = (use: ModelUse): bigint =>
      anyone.map((agent) => this.attemptCost(use, agent)).reduce((a, b) => (a > b ? a : b));
    return uses.reduce((sum, use) => sum + attempt(use) * BigInt(maxAttempts), 0n);
  }

  /** Every candidate is asked, as often as one may be. */
  private attemptCost(use: ModelUse, agent: LlmConfig | null): bigint {
    const wanted = use.model === undefined ? undefined : parseModelName(use.model);
    const { candidates } = chooseCandidates(this.registry, wanted, agent, this.config.llm.model);
    const most = Math.min(use.maxOutputTokens, agent?.maxOutputTokens ?? use.maxOutputTokens);
    return candidates.reduce(
      (sum, candidate) => sum + largestCall(candidate, use, most) * BigInt(MAX_ATTEMPTS),
      0n,
    );
  }
}

function largestCall(
  { description }: Candidate,
  { maxInputBytes: requestBytes, hasOutputSchema }: ModelUse,
  most: number,
): bigint {
  const maxOutputTokens = Math.min(most, description.maxOutputTokens);
  return upperBound({ requestBytes, maxOutputTokens, hasOutputSchema }, description);
}
