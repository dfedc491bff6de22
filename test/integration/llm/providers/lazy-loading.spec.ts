import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs in a process of its own: a test file has SDKs loaded already. */
const PROGRAM = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const name = /node_modules\\/(openai|@anthropic-ai\\/sdk|@google\\/genai)\\//.exec(resolved.url)?.[1];
      if (name !== undefined) loaded.add(name);
      return resolved;
    },
  });
  const providers = new URL('./src/llm/providers/', 'file://' + process.cwd() + '/');
  await import('reflect-metadata');
  for (const name of ['openai', 'openai-compatible', 'anthropic', 'google', 'disabled']) {
    await import(new URL(name + '/' + name + '.provider.ts', providers));
  }
  const before = [...loaded];
  const { OpenAiProvider } = await import(new URL('openai/openai.provider.ts', providers));
  const provider = new OpenAiProvider({ llm: { openai: { apiKey: 'k', baseUrl: 'http://127.0.0.1:9' } } });
  const request = { model: 'm', system: null, messages: [], maxOutputTokens: 1 };
  const call = provider.languageModel('m').generate(request, { signal: AbortSignal.timeout(20_000) });
  await call.catch(() => undefined);
  console.log(JSON.stringify({ before, after: [...loaded] }));
`;

it('loads an SDK on the first call of its provider, and no other', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--no-warnings', '--import', './scripts/ts-loader.mjs', '--input-type=module', '--eval', PROGRAM],
  ]);
  expect(JSON.parse(stdout)).toEqual({ before: [], after: ['openai'] });
});
