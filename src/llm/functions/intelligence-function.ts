import type { z } from 'zod';
import type { Issue } from '../../common/issue.js';
import type { JsonValue } from '../../common/json.js';
import { type FeatureName, isFeature } from '../../features/domain/feature-names.js';
import type { GateRefusals } from '../domain/gate.js';

/** What a model reads: rules in `system`, data as quoted JSON in `user`. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/** What may speak against a model for this question, apart from switches, providers and budgets. */
export type Verdicts = Pick<GateRefusals, 'not_assisted' | 'level_forbids' | 'rule_known' | 'loop_guard'>;

/** What an answer of a model came to: something for `outputSchema`, or why it is nothing. */
export type FromAnswer = { readonly output: unknown } | { readonly issues: readonly Issue[] };

/**
 * One typed thing a model may do for us, and the twin that does it without one. Declared as a class with
 * `@IntelligenceFunction()`; found and checked at boot.
 */
export interface IntelligenceFunctionDefinition<Input = unknown, Output = unknown> {
  /** kebab-case; `interactionType` of its interactions. */
  readonly name: string;
  /** The switch it is behind, besides one of its own name where there is one. */
  readonly feature: FeatureName;
  /** JSON. The input is parsed with it after redaction. */
  readonly inputSchema: z.ZodType<Input>;
  /** Portable (see `portable-schema.ts`), unless `answerSchema` says what a model is asked for. */
  readonly outputSchema: z.ZodType<Output>;
  /** What a model is asked for, where that is not `outputSchema`, or is narrower for this input. Portable. Pure. */
  answerSchema?(input: Input): z.ZodType;
  /**
   * Makes an output of an answer, which may be any JSON: what has only one meaning is mended here and costs no tokens.
   * Pure; also asked of answers out of the cache. Absent: the answer is the output.
   */
  fromAnswer?(answer: JsonValue, input: Input): FromAnswer;
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

/** Its own switch, where it has one, is part of that of its feature. */
export const switchOf = ({
  name,
  feature,
}: Pick<IntelligenceFunctionDefinition, 'name' | 'feature'>): FeatureName =>
  isFeature(name) ? name : feature;

/** `template@version`. */
export const promptVersionOf = ({ prompt }: Pick<IntelligenceFunctionDefinition, 'prompt'>): string =>
  `${prompt.template}@${prompt.version}`;
