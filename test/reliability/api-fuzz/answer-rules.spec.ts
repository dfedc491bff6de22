import { describe, expect, it } from '@jest/globals';
import { type Exchange, faultsOf, type Rules } from './answer-rules.js';
import { closed, DocumentedSchemas } from './answer-schemas.js';
import { type ApiDocument, operationsOf } from './api-document.js';

const problem = { description: '', content: { 'application/problem+json': { schema: { type: 'object' } } } };
const document = {
  paths: {
    '/things/{id}': { get: { operationId: 'getThing', responses: {} } },
    '/things': {
      post: {
        operationId: 'makeThing',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Make' } } },
        },
        responses: {
          201: {
            headers: { Location: {} },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          200: { content: { 'text/event-stream': { schema: { type: 'string' } } } },
          204: {},
          '4XX': { $ref: '#/components/responses/Problem' },
        },
      },
    },
  },
  components: {
    schemas: {
      Make: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
      Thing: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } }, required: ['id'] },
    },
    responses: { Problem: problem },
  },
} as unknown as ApiDocument;
const operation = operationsOf(document).find(({ operationId }) => operationId === 'makeThing');
const rules: Rules = {
  document,
  requests: new DocumentedSchemas(document),
  answers: new DocumentedSchemas(closed(document)),
  problems: new Set(['409 stale', '400 invalid_request', '400 unstorable']),
  secrets: ['/home/somebody'],
};

const REQUEST = { method: 'POST', target: '/things?a=1', headers: [], body: '{"name":"x"}' };
const THING = { id: '01920000-0000-7000-8000-0000000000a1' };
const CREATED = {
  'x-request-id': 'r1',
  'content-type': 'application/json; charset=utf-8',
  location: '/things/1',
};
const PROBLEM = { 'x-request-id': 'r1', 'content-type': 'application/problem+json; charset=utf-8' };
const said = (status: number, code: string) => ({
  ...{ type: `urn:tandem:problem:${code}`, status, code, instance: '/things', requestId: 'r1' },
});

const answered = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string | undefined>>,
  more: Partial<Exchange> = {},
) => {
  const answer = { status, headers, text: body === undefined ? '' : JSON.stringify(body), isCut: false };
  const exchange = { operation, request: REQUEST, isAsDocumented: false, answer, ...more } as Exchange;
  return faultsOf(exchange, rules).map(({ rule }) => rule);
};

describe('faultsOf', () => {
  it.each([
    ['an answer as documented', answered(201, THING, CREATED), []],
    ['a problem as documented', answered(409, said(409, 'stale'), PROBLEM), []],
    ['a 5xx, documented or not', answered(500, said(500, 'internal_error'), PROBLEM), ['no 5xx']],
    ['a status that is not documented', answered(202, THING, CREATED), ['status documented']],
    [
      'another type',
      answered(201, THING, { ...CREATED, 'content-type': 'text/html' }),
      ['content type documented'],
    ],
    ['a body that does not fit', answered(201, { id: 'x' }, CREATED), ['body documented']],
    ['a field that is not documented', answered(201, { ...THING, more: 1 }, CREATED), ['body documented']],
    ['a body where there is none', answered(204, THING, CREATED), ['body documented']],
    [
      'a header that is missing',
      answered(201, THING, { ...CREATED, location: undefined }),
      ['header documented'],
    ],
    [
      'a place that does not exist',
      answered(201, THING, { ...CREATED, location: '/other/1' }),
      ['header documented'],
    ],
    ['an unknown code', answered(409, said(409, 'odd'), PROBLEM), ['problem true']],
    ['a code of another status', answered(404, said(404, 'stale'), PROBLEM), ['problem true']],
    [
      'a status that is not the answer’s',
      answered(409, { ...said(409, 'stale'), status: 400 }, PROBLEM),
      ['problem true'],
    ],
    [
      'a folder of the machine',
      answered(409, { ...said(409, 'stale'), detail: 'in /home/somebody/x' }, PROBLEM),
      ['nothing of the machine shown'],
    ],
    [
      'a stack',
      answered(409, { ...said(409, 'stale'), detail: 'at a (/srv/app/main.js:7:1)' }, PROBLEM),
      ['nothing of the machine shown'],
    ],
  ])('tells of %s', (_, rulesBroken, expected) => {
    expect(rulesBroken).toEqual(expected);
  });

  it('tells of what is no event in a stream of them', () => {
    const stream = (text: string) =>
      faultsOf(
        {
          ...{ operation, request: REQUEST, isAsDocumented: false },
          answer: {
            status: 200,
            headers: { ...CREATED, 'content-type': 'text/event-stream' },
            text,
            isCut: true,
          },
        } as Exchange,
        rules,
      ).map(({ detail }) => detail);
    expect(stream(': heartbeat\n\nid: 1\nevent: run.queued\ndata: {"a":1}\n\nid: 2\neve')).toEqual([]);
    expect(stream('id: 1\nevent: run.queued\ndata: {"a"\n\n')).toHaveLength(1);
    expect(stream('data: {}\n\n')).toEqual(['No event: data: {}']);
  });

  it('tells of a body that should have been refused', () => {
    const sent = (body: string) => answered(201, THING, CREATED, { request: { ...REQUEST, body } });
    expect(sent('{"name":7}')).toEqual(['broken request refused']);
    expect(sent('{"name":')).toEqual(['broken request refused']);
    expect(sent('')).toEqual([]);
    expect(sent('\ufeff{}')).toEqual([]);
  });

  it('tells of a request that is refused as malformed and is not', () => {
    const asDocumented = (code: string) => answered(400, said(400, code), PROBLEM, { isAsDocumented: true });
    expect(asDocumented('invalid_request')).toEqual(['documented request not malformed']);
    expect(asDocumented('unstorable')).toEqual([]);
    expect(answered(400, said(400, 'invalid_request'), PROBLEM)).toEqual([]);
  });
});
