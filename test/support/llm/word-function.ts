import { Module } from '@nestjs/common';
import { z } from 'zod';
import type { Issue } from '../../../src/common/issue.js';
import type { IntelligenceFunctionDefinition } from '../../../src/llm/functions/intelligence-function.js';
import { IntelligenceFunction } from '../../../src/llm/functions/intelligence-function.decorator.js';

const inputSchema = z.strictObject({ topic: z.string(), password: z.string().optional() });
const outputSchema = z.strictObject({ word: z.string() });
type Input = z.output<typeof inputSchema>;
type Output = z.output<typeof outputSchema>;

/** What a lazy model puts in: it fits the schema and is no answer. */
export const PLACEHOLDER = 'string';

/** The smallest function there can be: a word on a topic. */
@IntelligenceFunction()
export class WordFunction implements IntelligenceFunctionDefinition<Input, Output> {
  readonly name = 'test-word';
  readonly feature = 'dynamic_inference';
  readonly inputSchema = inputSchema;
  readonly outputSchema = outputSchema;
  readonly examples: readonly Input[] = [{ topic: 'weather' }];
  readonly limits = { maxInputBytes: 65_536, maxOutputTokens: 200 };
  readonly prompt = {
    template: 'test-word',
    version: 1,
    render: (input: Input) => ({ system: 'One word on the topic.', user: JSON.stringify(input) }),
  };

  validate({ word }: Output): readonly Issue[] {
    if (word !== PLACEHOLDER) return [];
    return [{ code: 'placeholder', pointer: '/word', message: 'That is a placeholder.' }];
  }

  twin({ topic }: Input): Output {
    return { word: `twin of ${topic}` };
  }
}

@Module({ providers: [WordFunction], exports: [WordFunction] })
export class WordModule {}
