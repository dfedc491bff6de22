import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aTaskType } from '../../../test/factories/definition.factory.js';
import type { JsonObject } from '../../common/json.js';
import { checkAdjustment } from './check-adjustment.js';

const type = aTaskType({
  name: 'web.call',
  parameters: z.strictObject({
    url: z.string().meta({ adjustable: true }),
    seconds: z.number().min(0).max(60).default(1).meta({ adjustable: true }),
    method: z.enum(['GET', 'POST']).default('GET').meta({ adjustable: true }),
    body: z.unknown().optional(),
    query: z.record(z.string(), z.unknown()).default({}).meta({ adjustable: true }),
  }),
  effects: (parameters) => ((parameters as { method: string }).method === 'POST' ? 'irreversible' : 'none'),
});
const WORK = {
  taskType: 'web.call',
  parameters: { url: 'https://a.example/x', body: '{{ tasks.b.result.x }}' },
};
const codes = (changes: JsonObject) =>
  checkAdjustment(WORK, changes, { type, hosts: ['a.example', 'b.example'] }).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );

describe('other values for the parameters of a task', () => {
  it.each<[string, JsonObject]>([
    ['another limit', { seconds: 30 }],
    ['another path on the same host', { url: 'https://a.example/y' }],
    ['another host that the definition names', { url: 'https://b.example/' }],
    ['several at once', { seconds: 2, query: { page: 2 } }],
  ])('may be %s', (_, changes) => {
    expect(codes(changes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ['nothing', {}, ['nothing_changed ']],
    ['the same again', { url: 'https://a.example/x' }, ['nothing_changed ']],
    ['what a recovery may not change', { body: 1 }, ['not_adjustable /body']],
    ['what nobody knows', { 'a/b': 1 }, ['not_adjustable /a~1b']],
    ['a value that does not fit', { seconds: 99 }, ['invalid_parameters /seconds']],
    ['a reference', { url: 'https://a.example/{{ run.input.secret }}' }, ['reference_not_allowed /url']],
    [
      'a reference deep inside',
      { query: { a: [{ b: '{{ run.input }}' }] } },
      ['reference_not_allowed /query'],
    ],
    ['a reference as a name', { query: { '{{ run.input }}': 1 } }, ['reference_not_allowed /query']],
    ['a worse effect', { method: 'POST' }, ['effect_not_allowed ']],
    ['another host', { url: 'http://169.254.169.254/latest' }, ['host_not_allowed /url']],
    ['another host in disguise', { url: 'https://a.example@evil.example/' }, ['host_not_allowed /url']],
    [
      'another host somewhere',
      { query: { next: 'https://evil.example/' } },
      ['host_not_allowed /query/next'],
    ],
    ['all of it', { seconds: 99, body: 1 }, ['not_adjustable /body']],
  ])('may not be %s', (_, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  it('are told with what would do', () => {
    const [issue] = checkAdjustment(WORK, { body: 1 }, { type, hosts: [] });
    expect(issue?.allowed).toEqual(['url', 'seconds', 'method', 'query']);
  });
});
