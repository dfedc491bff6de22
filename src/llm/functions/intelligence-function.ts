import type { z } from 'zod';
import type { Issue } from '../../common/issue.js';
import type { FeatureName } from '../../config/describe-features.js';
import type { GateRefusals } from '../domain/gate.js';

/** What a model reads: rules in `system`, data as quoted JSON in `user`. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/** What may speak against a model for this question, apart from switches, providers and budgets. */
export type Verdicts = Pick<GateRefusals, 'not_assisted' | 'level_forbids' | 'rule_known' | 'loop_guard'>;

/**
 * One typed thing a model may do for us, and the twin that does it without one. Declared as a class with
 * `@IntelligenceFunction()`; found and checked at boot.
 */
export interface IntelligenceFunctionDefinition<Input = unknown, Output = unknown> {
  /** kebab-case; `interactionType` of its interactions. */
  readonly name: string;
  /** The switch it is behind. */
  readonly feature: FeatureName;
  /** JSON. The input is parsed with it after redaction. */
  readonly inputSchema: z.ZodType<Input>;
  /** Portable: see `portable-schema.ts`. */
  readonly outputSchema: z.ZodType<Output>;
  readonly prompt: {
    /** kebab-case; raise `version` with every change of what is rendered. */
    readonly template: string;
    readonly version: number;
    render(input: Input): Prompt;
  };
  readonly limits: {
    /** Bytes of the request as it is sent. */
    readonly maxInputBytes: number;
    readonly maxOutputTokens: number;
  };
  /** Inputs, at least one; the twin answers each with something that passes `validate`. */
  readonly examples: readonly Input[];
  /** Default: LLM_CACHE_TTL. 0: never the same answer twice. */
  readonly cacheTtlSeconds?: number;
  /** Absent: nothing. Pure. */
  verdicts?(input: Input): Verdicts;
  /** What is wrong with an answer that fits its schema. Pure; also asked of answers out of the cache. */
  validate(output: Output, input: Input): readonly Issue[];
  /** The answer without a model. Never fails for an input that fits its schema. */
  twin(input: Input): Output | Promise<Output>;
}

/** `template@version`. */
export const promptVersionOf = ({ prompt }: Pick<IntelligenceFunctionDefinition, 'prompt'>): string =>
  `${prompt.template}@${prompt.version}`;
