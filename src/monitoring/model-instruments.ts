import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { MetricsRegistry } from '../common/metrics.js';
import type { CountedAnswer } from '../llm/answers/counted-answer.js';
import type { EndedCall } from '../llm/model-use.port.js';
import { genAiOperation, genAiProvider } from '../llm/domain/gen-ai-names.js';
import { ModelLabels } from './model-labels.js';

const NANO = 1e9;
/** As the conventions of OpenTelemetry for generative AI give them. */
const TOKEN_BUCKETS = Array.from({ length: 14 }, (_, power) => 4 ** power);
const SECONDS_BUCKETS = Array.from({ length: 14 }, (_, power) => 0.01 * 2 ** power);

const OPERATION = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'] as const;

/** How models are used by this process, for Prometheus. */
@Injectable()
export class ModelInstruments {
  private readonly calls: Counter<'function' | 'provider' | 'model' | 'outcome'>;
  private readonly cost: Counter<'function' | 'provider' | 'model'>;
  private readonly answers: Counter<'function' | 'source' | 'reason'>;
  private readonly tokens: Histogram<(typeof OPERATION)[number] | 'gen_ai_token_type'>;
  private readonly durations: Histogram<(typeof OPERATION)[number] | 'error_type'>;

  constructor(
    registry: MetricsRegistry,
    private readonly labels: ModelLabels,
  ) {
    const registers = [registry];
    this.calls = new Counter({
      name: 'tandem_llm_calls_total',
      help: 'Model calls that ended in this process.',
      ...{ labelNames: ['function', 'provider', 'model', 'outcome'], registers },
    });
    this.cost = new Counter({
      name: 'tandem_llm_cost_usd_total',
      help: 'What model calls that ended in this process cost, in USD.',
      ...{ labelNames: ['function', 'provider', 'model'], registers },
    });
    this.answers = new Counter({
      name: 'tandem_llm_answers_total',
      help: 'Answers of functions by who gave them, and why no model did.',
      ...{ labelNames: ['function', 'source', 'reason'], registers },
    });
    this.tokens = new Histogram({
      name: 'gen_ai_client_token_usage',
      help: 'Number of input and output tokens used.',
      ...{ labelNames: [...OPERATION, 'gen_ai_token_type'], buckets: TOKEN_BUCKETS, registers },
    });
    this.durations = new Histogram({
      name: 'gen_ai_client_operation_duration_seconds',
      help: 'GenAI operation duration.',
      ...{ labelNames: [...OPERATION, 'error_type'], buckets: SECONDS_BUCKETS, registers },
    });
  }

  call({ interactionType, outcome, costNanoUsd, ...call }: EndedCall): void {
    const named = this.labels.model(call.provider, call.model);
    const labels = { function: this.labels.function(interactionType), ...named };
    this.calls.inc({ ...labels, outcome });
    this.cost.inc(labels, Number(costNanoUsd) / NANO);
    const operation = {
      gen_ai_operation_name: genAiOperation(named.provider),
      gen_ai_provider_name: genAiProvider(named.provider),
      gen_ai_request_model: named.model,
    };
    const failure = outcome.startsWith('failed_') ? { error_type: outcome.slice('failed_'.length) } : {};
    this.durations.observe({ ...operation, ...failure }, call.latencyMs / 1_000);
    this.observeTokens(operation, call.usage);
  }

  answer({ functionName, source, reason }: CountedAnswer): void {
    this.answers.inc({ function: this.labels.function(functionName), source, reason });
  }

  /** All input together; what a provider does not say, or what is no number of tokens, is not observed. */
  private observeTokens(
    operation: Record<(typeof OPERATION)[number], string>,
    {
      inputTokens = NaN,
      cachedInputTokens = 0,
      cacheWriteTokens = 0,
      outputTokens = NaN,
    }: EndedCall['usage'],
  ): void {
    const tokens = { input: inputTokens + cachedInputTokens + cacheWriteTokens, output: outputTokens };
    for (const [type, count] of Object.entries(tokens))
      if (Number.isSafeInteger(count) && count >= 0)
        this.tokens.observe({ ...operation, gen_ai_token_type: type }, count);
  }
}
