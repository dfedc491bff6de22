import { z } from 'zod';
import type { JsonObject } from '../../common/json.js';
import type { ModelUse } from '../../tasks/domain/model-use.js';
import { done, type Done } from '../../tasks/domain/task-outcome.js';
import type { Availability, TaskContext, TaskHandler } from '../../tasks/domain/task-type.js';
import { TaskType } from '../../tasks/task-type.decorator.js';
import { ModelTasks } from './model-task.js';
import { MAX_PROMPT_BYTES } from './prompt-limits.js';

const MOST_OUTPUT_TOKENS = 100_000;
const USUAL_OUTPUT_TOKENS = 2_000;
const tokens = z.int().min(16).max(MOST_OUTPUT_TOKENS);

/** What both `llm.*` types take. */
export const promptParameters = {
  prompt: z
    .string()
    .min(1)
    .max(MAX_PROMPT_BYTES)
    .meta({ description: 'What the model is asked.', adjustable: true }),
  system: z.string().max(MAX_PROMPT_BYTES).optional().meta({ description: 'How it should answer.' }),
  model: z.string().max(300).optional().meta({
    description: '`provider:model`, or a model of the preferred provider; default: that of the agent.',
  }),
  maxOutputTokens: tokens.default(USUAL_OUTPUT_TOKENS).meta({
    description: 'Most tokens of the answer, reasoning included; they are reserved in the budgets.',
  }),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .meta({ description: 'Default: that of the agent or model.' }),
};

/** What both ask of a model. A reference may stand for any number of tokens, and so may what is refused later. */
export const promptUse = (
  { model, maxOutputTokens = USUAL_OUTPUT_TOKENS }: JsonObject,
  hasOutputSchema: boolean,
): ModelUse => ({
  model: typeof model === 'string' ? model : undefined,
  maxInputBytes: MAX_PROMPT_BYTES,
  maxOutputTokens: tokens.safeParse(maxOutputTokens).data ?? MOST_OUTPUT_TOKENS,
  hasOutputSchema,
});

const parameters = z.strictObject(promptParameters);
type Parameters = z.output<typeof parameters>;
const result = z.strictObject({ text: z.string() });
type Result = z.output<typeof result>;

@TaskType<Parameters, Result>({
  name: 'llm.generate',
  description: 'Asks a language model for text, within the budgets. Needs a configured provider of models.',
  parameters: parameters as z.ZodType<Parameters>,
  result,
  effects: () => 'none',
  modelUse: (given) => promptUse(given, false),
  defaultTimeoutSeconds: 120,
  planning: {
    synonyms: ['summarise', 'summarize', 'summary', 'draft', 'compose', 'translate', 'explain', 'rewrite'],
    parameters: { prompt: { clause: true } },
    yields: [{ field: 'text' }],
  },
  examples: [
    {
      title: 'A release note out of a list of changes',
      parameters: {
        prompt: 'Write a release note of two sentences for: faster start, fewer retries.',
        maxOutputTokens: 300,
      },
    },
  ],
})
export class LlmGenerateTask implements TaskHandler<Parameters, Result> {
  constructor(private readonly models: ModelTasks) {}

  availability(): Availability {
    return this.models.availability();
  }

  async execute(
    { prompt, system, model, maxOutputTokens, temperature }: Parameters,
    context: TaskContext,
  ): Promise<Done<Result>> {
    const { answer } = await this.models.ask(
      {
        ...{ interactionType: 'llm.generate', prompt, model, system: system ?? null, maxOutputTokens },
        ...(temperature === undefined ? {} : { temperature }),
        read: (text) =>
          text.trim() === ''
            ? { issues: [{ code: 'empty_answer', pointer: '', message: 'The answer is empty.' }] }
            : { answer: text },
      },
      context,
    );
    return done({ text: answer as string });
  }
}
