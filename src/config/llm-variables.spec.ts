import { describe, expect, it } from '@jest/globals';
import { type Environment, parseConfig } from './parse-config.js';

const parse = (environment: Environment) =>
  parseConfig(environment, { workingFolder: process.cwd(), isTerminal: false });
const messages = (environment: Environment) =>
  parse(environment).issues?.map(({ variable, message }) => `${variable} ${message}`);

describe('the variables of models', () => {
  it.each(['LLM_COST_BUDGET', 'LLM_COST_BUDGET_PER_WORKFLOW'])('takes no %s that is no amount', (name) => {
    for (const value of ['-1', 'much', 'NaN', '1e3', '1.0000000001'])
      expect(messages({ [name]: value })).toEqual([
        `${name} is "${value}" but must be an amount in USD with at most nine decimals, like 100.0`,
      ]);
  });

  it.each(['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GOOGLE_API_KEY', 'OPENAI_COMPATIBLE_API_KEY'])(
    'takes no %s that no header can hold, and does not show it',
    (name) => {
      for (const value of ['sk-a\nb', 'sk a', 'schlüssel'])
        expect(messages({ [name]: value })).toEqual([
          expect.stringMatching(new RegExp(`^${name} [^"]*must be visible ASCII characters`)),
        ]);
    },
  );

  it('declares the models of a compatible server free', () => {
    const { config } = parse({ OPENAI_COMPATIBLE_PRICE: '0' });
    expect(config?.llm.openaiCompatible.price).toEqual({ inputTokens: 0, outputTokens: 0 });
  });

  it.each(['localhost:11434', 'ftp://x', 'http://user:pass@x/v1', 'http://x/v1?key=1'])(
    'asks no provider at %s',
    (OPENAI_BASE_URL) =>
      expect(parse({ OPENAI_BASE_URL }).issues).toMatchObject([{ variable: 'OPENAI_BASE_URL' }]),
  );
});
