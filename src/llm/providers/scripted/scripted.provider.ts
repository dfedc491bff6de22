import { readFileSync } from 'node:fs';
import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { parseUsd } from '../../../common/money.js';
import { issuesOf } from '../../../common/zod-issues.js';
import { AppConfig } from '../../../config/config.js';
import type { ModelDescription } from '../../domain/model-price.js';
import { ModelError } from '../../domain/model-failure.js';
import type { ModelRequest, ModelResult } from '../../domain/model-request.js';
import {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type ProviderAvailability,
} from '../language-model-provider.js';
import { type Reply, type Script, scriptSchema } from './script.js';

const BYTES_PER_TOKEN = 4;
const LIMIT = 1_000_000;
const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);

/** Reads a script; fails with everything that is wrong with it. */
function readScript(path: string): Script {
  const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const parsed = scriptSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error.issues, json).map(
    ({ pointer, message }) => `${pointer || '/'}: ${message}`,
  );
  throw new Error(issues.join(' '));
}

/** Answers from the file LLM_SCRIPT names, for demonstrations and tests. */
@LlmProvider({ id: 'scripted', description: 'Answers from the file that LLM_SCRIPT names.' })
export class ScriptedProvider implements LanguageModelProvider, OnApplicationBootstrap {
  readonly defaultModel = 'scripted';
  private readonly script: Script | null = null;
  private readonly problem: string = 'LLM_SCRIPT is not set: name a file with answers.';
  private readonly isWanted: boolean;
  private readonly used = new Map<number, number>();

  constructor(config: AppConfig) {
    const path = config.llm.script;
    this.isWanted = path !== null;
    if (path === null) return;
    try {
      this.script = readScript(path);
    } catch (error) {
      this.problem = `LLM_SCRIPT names ${path}, which cannot be used: ${(error as Error).message}`;
    }
  }

  onApplicationBootstrap(): void {
    if (this.isWanted && this.script === null) new Logger('Models').warn(this.problem);
  }

  availability(): ProviderAvailability {
    return this.script === null ? { available: false, reason: this.problem } : { available: true };
  }

  describeModel(): Omit<ModelDescription, 'provider' | 'model'> {
    const [input = '0', output = input] = (this.script?.price ?? '0').split('/');
    const [inputTokens, outputTokens] = [input, output].map((usd) => Number(parseUsd(usd)) / 1_000) as [
      number,
      number,
    ];
    return {
      prices: { inputTokens, cachedInputTokens: inputTokens, cacheWriteTokens: inputTokens, outputTokens },
      ...{ tiers: [], maxInputTokens: LIMIT, maxOutputTokens: LIMIT, tokenizerIsPublic: true },
      ...{ source: 'LLM_SCRIPT', asOf: '1970-01-01' },
    };
  }

  languageModel(): LanguageModel {
    return {
      requestBytes: (request) => Buffer.byteLength(JSON.stringify(request)),
      generate: (request, { signal }) => {
        signal.throwIfAborted();
        return Promise.resolve(this.answer(request));
      },
    };
  }

  private answer(request: ModelRequest): ModelResult {
    const prompt = [request.system ?? '', ...request.messages.map(({ text }) => text)].join('\n');
    const answers = this.script?.answers ?? [];
    const index = answers.findIndex(({ when }) => when === undefined || prompt.includes(when));
    const replies = answers[index]?.replies;
    if (replies === undefined)
      throw new ModelError({ kind: 'bad_request', message: 'The script has no answer for this prompt.' });
    const turn = this.used.get(index) ?? 0;
    this.used.set(index, turn + 1);
    return toResult(replies[Math.min(turn, replies.length - 1)] as Reply, tokensOf(JSON.stringify(request)));
  }
}

function toResult(reply: Reply, inputTokens: number): ModelResult {
  if ('failure' in reply)
    throw new ModelError({ kind: reply.failure, message: `The script says so: ${reply.failure}.` });
  const isRefusal = 'refusal' in reply;
  const text = 'text' in reply ? reply.text : 'refusal' in reply ? reply.refusal : JSON.stringify(reply.json);
  return {
    text,
    finish: { reason: isRefusal ? 'refusal' : 'stop', raw: isRefusal ? 'refusal' : 'stop' },
    usage: { inputTokens, outputTokens: tokensOf(text) },
    requestId: null,
  };
}
