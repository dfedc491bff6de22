import { Module } from '@nestjs/common';
import { z } from 'zod';
import type { Issue } from '../../src/common/issue.js';
import { IntelligenceFunction } from '../../src/llm/functions/intelligence-function.decorator.js';
import type { IntelligenceFunctionDefinition } from '../../src/llm/functions/intelligence-function.js';

const inputSchema = z.strictObject({ text: z.string() });
const outputSchema = z.strictObject({ word: z.string() });
type Input = z.output<typeof inputSchema>;
type Output = z.output<typeof outputSchema>;

/** A word on a text; the smallest function there can be. */
export abstract class WordFunction implements IntelligenceFunctionDefinition<Input, Output> {
  abstract readonly name: string;
  abstract readonly cacheTtlSeconds: number;
  readonly feature = 'dynamic_inference';
  readonly inputSchema = inputSchema;
  readonly outputSchema = outputSchema;
  readonly examples = [{ text: 'lorem ipsum' }];
  readonly limits = { maxInputBytes: 65_536, maxOutputTokens: 100 };
  readonly prompt = {
    template: 'bench-word',
    version: 1,
    render: ({ text }: Input) => ({ system: 'Answer with one word.', user: JSON.stringify({ text }) }),
  };

  validate(): readonly Issue[] {
    return [];
  }

  twin(): Output {
    return { word: 'twin' };
  }
}

/** Asks every time. */
@IntelligenceFunction()
export class UncachedWord extends WordFunction {
  readonly name = 'bench-word';
  readonly cacheTtlSeconds = 0;
}

/** Remembers what was answered. */
@IntelligenceFunction()
export class CachedWord extends WordFunction {
  readonly name = 'bench-cached-word';
  readonly cacheTtlSeconds = 3_600;
}

@Module({ providers: [UncachedWord, CachedWord] })
export class WordModule {}
