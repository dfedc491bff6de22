import type { NoAnswerReason } from '../../../src/llm/calls/no-answer.js';
import { answerFor } from './answer-bodies.js';
import { html, json, reset, stalledBody, status, text } from './answers.js';
import type { Answer } from './model-server.js';
import { PLACEHOLDER } from './word-function.js';

/** A way in which every provider fails, and how a call ends that may ask four models in turn. */
export interface WayToFail {
  readonly name: string;
  readonly answer: Answer;
  /** One of them is the reason of its end. */
  readonly reasons: readonly NoAnswerReason[];
  /** Outcome in the record of its attempts, the last one aside where the deadline ends it. */
  readonly outcome: string;
  /** Fewest and most it may send. */
  readonly requests: readonly [number, number];
  /** Models it asks, at least. */
  readonly models: number;
  /** What an attempt costs: nothing where the provider cannot bill, its bound where nobody knows, else its price. */
  readonly cost: 'none' | 'bound' | 'priced';
}

const JSON_TYPE = { 'content-type': 'application/json' };
const once = { requests: [1, 1], models: 1 } as const;
/** Every model in turn, each once. */
const inTurn = { requests: [4, 4], models: 4, reasons: ['model_failed'] } as const;
/** Each model up to three times; the deadline may end it. */
const repeated = { requests: [2, 12], models: 1, reasons: ['model_failed', 'timeout'] } as const;

/** Every kind of failure that `Errors of a model are ordinary` promises to survive. */
export const WAYS_TO_FAIL: readonly WayToFail[] = [
  {
    ...{ name: '400', answer: status(400), reasons: ['model_failed'], ...once },
    ...{ outcome: 'failed_bad_request', cost: 'none' },
  },
  { name: '401', answer: status(401), ...inTurn, outcome: 'failed_unauthorized', cost: 'none' },
  {
    ...{ name: '429 with retry-after 3600', answer: status(429, undefined, { 'retry-after': '3600' }) },
    ...{ ...inTurn, outcome: 'failed_rate_limited', cost: 'none' },
  },
  { name: '429', answer: status(429), ...repeated, outcome: 'failed_rate_limited', cost: 'none' },
  { name: '500', answer: status(500), ...repeated, outcome: 'failed_server_error', cost: 'bound' },
  { name: '529', answer: status(529), ...repeated, outcome: 'failed_overloaded', cost: 'none' },
  { name: 'a reset connection', answer: reset, ...repeated, outcome: 'failed_connection', cost: 'bound' },
  {
    ...{ name: 'a stalled body', answer: stalledBody('{"id":"'), reasons: ['timeout'], ...once },
    ...{ outcome: 'failed_timeout', cost: 'bound' },
  },
  {
    ...{ name: 'truncated JSON', answer: text('{"id":"resp_1","outp', JSON_TYPE), ...inTurn },
    ...{ outcome: 'failed_unreadable', cost: 'bound' },
  },
  { name: 'HTML with 200', answer: html, ...inTurn, outcome: 'failed_unreadable', cost: 'bound' },
  { name: '{} with 200', answer: json({}), ...inTurn, outcome: 'failed_unreadable', cost: 'bound' },
  {
    name: 'a refusal',
    answer: (request, response) =>
      json(answerFor(request.path, { finish: 'refusal', text: 'I would rather not.' }))(request, response),
    ...{ reasons: ['refused'], ...once, outcome: 'refused', cost: 'priced' },
  },
];

const word = (text: string): Answer => {
  return (request, response) => json(answerFor(request.path, { text }))(request, response);
};

/** Answers that end as they should and are none; of functions only. */
export const USELESS_ANSWERS: readonly WayToFail[] = [
  {
    ...{ name: 'an answer of 2 MB', answer: word(JSON.stringify({ word: 1, more: 'x'.repeat(2_000_000) })) },
    // Ten of them at once are work for a busy machine.
    ...{ reasons: ['invalid_answer', 'timeout'], ...once, outcome: 'invalid', cost: 'priced' },
  },
  {
    ...{ name: 'a placeholder', answer: word(JSON.stringify({ word: PLACEHOLDER })) },
    ...{ reasons: ['invalid_answer'], requests: [2, 2], models: 1, outcome: 'invalid', cost: 'priced' },
  },
];

/** What a call is answered when all is well. */
export const GOOD_ANSWER: Answer = word(JSON.stringify({ word: 'fine' }));
