import { describe, expect, it } from '@jest/globals';
import type { RegisteredProvider } from '../providers/registered-provider.js';
import { aCandidate, aModelResult } from '../../../test/support/llm/model-calls-test.js';
import { chooseCandidates, type Models, parseModelName } from './candidates.js';

const { description, model } = aCandidate(() => Promise.resolve(aModelResult('Fine.')));

function provider(id: string, changes: Partial<RegisteredProvider> = {}): RegisteredProvider {
  const named = (name: string) => ({ ...description, provider: id, model: name });
  return {
    ...{ id, description: id, className: id, models: () => [named('small'), named('large')] },
    defaultModel: () => named('small'),
    availability: () => ({ available: true }),
    languageModel: () => model,
    describe: (name) => (['small', 'large'].includes(name) ? named(name) : null),
    schemaIssues: () => [],
    secrets: () => [],
    ...changes,
  };
}

const off = provider('off', { availability: () => ({ available: false, reason: 'Set OFF_KEY.' }) });
const picky = provider('picky', {
  languageModel: () => {
    throw new Error('no such model here');
  },
});
const one = provider('one');
const two = provider('two');
const known = [off, one, picky, two];
const models = (preferred: RegisteredProvider | undefined = one): Models => ({
  find: (id) => known.find((each) => each.id === id),
  list: () => known,
  preferred,
});
const chosen = (...[wanted, agent, fallback = null]: Partial<Choice>) => {
  const { candidates, unusable } = chooseCandidates(models(), wanted, agent ?? null, fallback);
  return {
    names: candidates.map(({ description: each }) => `${each.provider}:${each.model}`),
    why: unusable.map(({ reason, detail }) => `${reason}: ${detail}`),
  };
};
type Choice = [
  Parameters<typeof chooseCandidates>[1],
  Parameters<typeof chooseCandidates>[2],
  Parameters<typeof chooseCandidates>[3],
];

describe('parseModelName', () => {
  it('splits at the first colon', () => {
    expect(parseModelName('openai-compatible:llama3:8b')).toEqual({
      provider: 'openai-compatible',
      model: 'llama3:8b',
    });
    expect(parseModelName('gpt-5-mini')).toEqual({ model: 'gpt-5-mini' });
  });
});

describe('chooseCandidates', () => {
  it('asks the models of the agent in turn', () => {
    const agent = { provider: 'two', model: 'large', fallbacks: ['one:small', 'two:small'] };
    expect(chosen(undefined, agent).names).toEqual(['two:large', 'one:small', 'two:small']);
  });

  it('asks the model that is wanted, and no other', () => {
    const agent = { provider: 'two', fallbacks: ['one:small'] };
    expect(chosen({ provider: 'one', model: 'large' }, agent).names).toEqual(['one:large']);
  });

  it('takes LLM_MODEL for the preferred provider only', () => {
    expect(chosen(undefined, null, 'large').names).toEqual(['one:large']);
    expect(chosen({ provider: 'two' }, null, 'large').names).toEqual(['two:small']);
  });

  it('leaves out what cannot be asked, and says why', () => {
    const agent = { provider: 'off', fallbacks: ['nobody:x', 'one:huge', 'picky:small', 'two:large'] };
    const { names, why } = chosen(undefined, agent);
    expect(names).toEqual(['two:large']);
    expect(why).toEqual([
      'provider_unavailable: The provider off is off: Set OFF_KEY.',
      'unknown_model: There is no provider of models "nobody". There are: off, one, picky, two.',
      'unpriced_model: The price of "huge" of the provider one is not known, so it is not asked. Priced are: small, large.',
      'unknown_model: The provider picky does not take the model "small".',
    ]);
  });

  it('says so when nothing is configured', () => {
    const { unusable } = chooseCandidates({ ...models(), preferred: undefined }, undefined, null, null);
    expect(unusable).toMatchObject([{ reason: 'provider_unavailable' }]);
  });
});
