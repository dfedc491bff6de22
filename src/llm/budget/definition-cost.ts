import { Injectable } from '@nestjs/common';
import { formatUsd } from '../../common/money.js';
import { Contributes } from '../../common/ports.js';
import { AppConfig } from '../../config/config.js';
import { DEFAULT_RETRY } from '../../execution/domain/task-plan.js';
import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import type { QuotedCost } from '../../workflows/domain/quote.js';
import { MODEL_COST_ESTIMATOR, type ModelCostEstimator } from '../../workflows/model-cost-estimator.port.js';
import { type Candidate, findCandidate, parseModelName } from '../calls/candidates.js';
import { MAX_ATTEMPTS } from '../calls/model-calls.service.js';
import { upperBound } from '../domain/model-cost.js';
import { ProviderRegistry } from '../providers/provider.registry.js';
import { MAX_PROMPT_BYTES } from '../task-types/prompt-limits.js';

/** Task types whose attempts ask a model. */
const MODEL_TYPES: ReadonlySet<string> = new Set(['llm.generate', 'llm.extract']);
const DEFAULT_OUTPUT_TOKENS = 2_000;

type Work = Pick<TaskDefinition, 'taskType' | 'parameters'>;

const worksOf = (task: TaskDefinition): Work[] => [
  task,
  ...(task.alternatives ?? []),
  ...(task.compensation == null ? [] : [task.compensation]),
];

/**
 * The most the declared model tasks of a definition can cost, with all their attempts and repairs: each call at the
 * upper bound of a request as large as it may be. For the model a task names, else that of the deployment; what an
 * agent sets for itself is not known here.
 */
@Injectable()
@Contributes(MODEL_COST_ESTIMATOR)
export class DefinitionCost implements ModelCostEstimator {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly config: AppConfig,
  ) {}

  estimate(definition: Definition): Promise<QuotedCost> {
    const maximumUsd = formatUsd(this.maximum(definition));
    return Promise.resolve({ maximumUsd, assistanceLimitUsd: formatUsd(0n) });
  }

  /** Nano-dollars. A task whose model cannot be asked costs nothing: it fails. */
  maximum({ tasks }: Definition): bigint {
    return tasks.reduce((sum, task) => {
      const { maxAttempts } = { ...DEFAULT_RETRY, ...task.retry };
      return worksOf(task).reduce((cost, work) => cost + this.boundOf(work) * BigInt(maxAttempts), sum);
    }, 0n);
  }

  private boundOf({ taskType, parameters }: Work): bigint {
    if (!MODEL_TYPES.has(taskType)) return 0n;
    const { model, maxOutputTokens } = parameters;
    const wanted = typeof model === 'string' ? parseModelName(model) : {};
    const candidate = findCandidate(this.registry, wanted, this.config.llm.model);
    if ('reason' in candidate) return 0n;
    const output = typeof maxOutputTokens === 'number' ? maxOutputTokens : DEFAULT_OUTPUT_TOKENS;
    return largestCall(candidate, output, taskType === 'llm.extract') * BigInt(MAX_ATTEMPTS);
  }
}

const largestCall = ({ description }: Candidate, maxOutputTokens: number, hasOutputSchema: boolean): bigint =>
  upperBound({ requestBytes: MAX_PROMPT_BYTES, maxOutputTokens, hasOutputSchema }, description);
