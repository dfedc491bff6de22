import fc from 'fast-check';
import type { Place } from './schema-values.js';
import { idMark } from './id-pools.js';

/** Names of fields that hold the id of something, and what path parameters call that. */
const IDS: Readonly<Record<string, string>> = {
  ...{ agentId: 'agentId', ownerAgentId: 'agentId', parentAgentId: 'agentId', toAgentId: 'agentId' },
  ...{ agentIds: 'agentId', agentsGone: 'agentId' },
  ...{ workflowId: 'workflowId', runId: 'runId', planId: 'planId', basedOn: 'planId', against: 'planId' },
};

export const mark = (kind: string): fc.Arbitrary<string> => fc.nat(30).map((index) => idMark(kind, index));

/** Nobody listens there, and it is the only private address the process may call. */
export const DEAD_HOST = '127.0.0.1:1';
const deadUrl = fc
  .constantFrom('', '/', '/hook?a=1', '/%00', '/é')
  .map((path) => `http://${DEAD_HOST}${path}`);
const refusedUrl = fc.constantFrom(
  ...[
    'http://127.0.0.1/',
    'http://[::1]:9/',
    'http://10.0.0.1/',
    'ftp://127.0.0.1/',
    'http://u:p@127.0.0.1/',
  ],
  ...['http://169.254.169.254/latest', 'http://0/', 'http://2130706433/', 'javascript:1', 'x'],
);

/** What time passes with is over soon, or waits for good until it is cancelled. */
const shortTime = fc.constantFrom(0, 0.001, 0.02, 0.05);

const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  capabilities: fc.oneof(
    { weight: 3, arbitrary: fc.constant(['*']) },
    {
      weight: 1,
      arbitrary: fc.subarray(['text.*', 'human.*', 'timer.wait', 'data.*', 'llm.*'], { minLength: 1 }),
    },
  ),
  // Once a year: none is due while the test lasts.
  cron: fc.constantFrom('0 0 1 1 *', '59 23 31 12 *', '0 12 29 2 *', '30 5 24 12 0-7'),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns'),
  url: fc.oneof(deadUrl, refusedUrl),
  seconds: shortTime,
  initialDelaySeconds: shortTime,
  maxDelaySeconds: fc.constantFrom(0.05, 0.1),
  maxAttempts: fc.integer({ min: 1, max: 2 }),
  expression: fc.constantFrom('$', '$sum(a)', 'a.b[0]', '{"a": $}', '$now()', '((', '$error("x")', '1/0'),
  template: fc.constantFrom(
    'Hello',
    '{{ name }}',
    '{% for a in b %}{{ a }}{% endfor %}',
    '{{ "x" | upcase }}',
    '{% if',
  ),
  planner: fc.constantFrom('rules', 'rules', 'model', 'nobody'),
  request: fc.constantFrom(
    'Read package.json, then count the dependencies',
    'Write a summary of notes.txt to out.md and ask a person whether it is right',
    'wait 1 second',
    'zzz',
  ),
  schema: fc.constantFrom<unknown>(true, false, {}, { type: 'string' }, { type: 'strng' }, { $ref: '#/x' }),
  inputSchema: fc.constantFrom<unknown>({}, { type: 'object' }, { type: ['object', 'null'] }, { type: 7 }),
  answerSchema: fc.constantFrom<unknown>({}, { type: 'object', required: ['a'] }, { type: 'strng' }),
};

/** Values that have a meaning here where any others would only be refused. Ids are marks until a request is sent. */
export function knownValue({ name, schema }: Place): fc.Arbitrary<unknown> | null {
  if (name === null) return null;
  const kind = IDS[name];
  const isId = schema['type'] === 'string' && schema['format'] === 'uuid';
  if (kind !== undefined && isId)
    return fc.oneof({ weight: 9, arbitrary: mark(kind) }, { weight: 1, arbitrary: fc.uuid() });
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  return field === undefined || isId ? null : field;
}
