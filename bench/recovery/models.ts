import { hostileRecovery } from '../../test/reliability/hostile-answers.js';
import { randomOf } from '../../test/reliability/model-answers.js';
import { CELLS, KINDS } from './cells.js';

/** What a model is asked about a failure. */
export interface FailureQuestion {
  readonly error: { readonly message: string };
  readonly mayDo: readonly string[];
  readonly tried: readonly unknown[];
  readonly agents?: readonly { readonly id: string }[];
}

/** Answers a question about a failure. */
export type Model = (question: FailureQuestion, seed: number) => string;

const says = (action: string, more: object = {}): string =>
  JSON.stringify({ action, delaySeconds: 0, parameters: [], toAgentId: '', reason: 'Because.', ...more });
const TEN_SECONDS = { parameters: [{ name: 'seconds', value: '10' }] };

const kindOf = ({ error }: FailureQuestion) =>
  CELLS.find(({ word }) => error.message.includes(word))?.kind ?? KINDS[0];

/** Knows what helps, as far as it may be done. */
const good: Model = (question) => {
  const { mayDo, agents = [] } = question;
  const cure = {
    time: 'retry',
    parameters: 'adjust_parameters',
    agent: 'delegate',
    clearing: 'compensate',
    nothing: 'skip',
  }[kindOf(question)?.cure ?? 'nothing'];
  const action = [cure, 'retry', 'ask_person'].find((each) => mayDo.includes(each)) ?? 'fail';
  if (action === 'delegate') return says(action, { toAgentId: agents[0]?.id ?? '' });
  return says(action, action === 'adjust_parameters' ? TEN_SECONDS : {});
};

/** Anything that may be done. */
const random: Model = ({ mayDo, agents = [] }, seed) => {
  const next = randomOf(seed);
  const action = mayDo[Math.floor(next() * mayDo.length)] ?? 'ask_person';
  const agent = agents[Math.floor(next() * agents.length)]?.id ?? '';
  if (action === 'delegate') return says(action, { toAgentId: agent });
  const value = String(1 + Math.floor(next() * 20));
  return says(action, action === 'adjust_parameters' ? { parameters: [{ name: 'seconds', value }] } : {});
};

/** Gives up wherever it can, and answers everything that may be wrong. */
const hostile: Model = (question, seed) =>
  seed % 3 === 0
    ? says(['fail', 'skip', 'ask_person'][Math.floor(seed / 3) % 3] as string)
    : hostileRecovery(seed, question);

export const MODELS = { good, random, hostile } as const;
export type ModelName = keyof typeof MODELS;
