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
import type { ModelUse } from '../../tasks/domain/model-use.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';

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
    private readonly taskTypes: TaskTypeRegistry,
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
    const use = this.taskTypes.find(taskType)?.modelUse?.(parameters);
    if (use === undefined) return 0n;
    const wanted = use.model === undefined ? {} : parseModelName(use.model);
    const candidate = findCandidate(this.registry, wanted, this.config.llm.model);
    return 'reason' in candidate ? 0n : largestCall(candidate, use) * BigInt(MAX_ATTEMPTS);
  }
}

function largestCall({ description }: Candidate, use: ModelUse): bigint {
  const { maxInputBytes: requestBytes, hasOutputSchema } = use;
  const maxOutputTokens = Math.min(use.maxOutputTokens, description.maxOutputTokens);
  return upperBound({ requestBytes, maxOutputTokens, hasOutputSchema }, description);
}
