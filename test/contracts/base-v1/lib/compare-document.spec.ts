import { describe, expect, it } from '@jest/globals';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../src/common/json.js';
import { DocumentComparison } from './compare-document.js';

const DOCUMENT = {
  paths: {
    '/agents': {
      post: {
        operationId: 'createAgent',
        'x-scope': 'agents:write',
        parameters: [{ in: 'query', name: 'limit', required: false, schema: { type: 'integer' } }],
        requestBody: {
          required: false,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateAgent' } } },
        },
        responses: {
          201: {
            headers: { ETag: {} },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Agent' } } },
          },
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
    },
  },
  components: {
    responses: { NotFound: { content: { 'application/problem+json': { schema: { type: 'object' } } } } },
    schemas: {
      CreateAgent: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
      Agent: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    },
  },
};

/** The document with one value set, or taken away. */
function changed(path: string, value?: JsonValue): JsonObject {
  const change = (
    at: JsonObject | readonly JsonValue[],
    [key = '', ...rest]: readonly string[],
  ): JsonValue => {
    const members = Object.entries(at).filter(
      ([name]) => name !== key || rest.length > 0 || value !== undefined,
    );
    const inner = Object.entries(at).find(([name]) => name === key)?.[1] as JsonObject | undefined;
    const next = rest.length > 0 ? change(inner ?? {}, rest) : value;
    const entries = next === undefined ? members : [...members.filter(([name]) => name !== key), [key, next]];
    return isJsonObject(at)
      ? (Object.fromEntries(entries) as JsonObject)
      : entries.map(([, item]) => item as JsonValue);
  };
  return change(DOCUMENT as JsonObject, path.split(' ')) as JsonObject;
}

const pointers = (now: JsonObject) =>
  new DocumentComparison(DOCUMENT as JsonObject, now).differences().map(({ pointer }) => pointer);

const POST = 'paths /agents post';
const AT = '/paths/~1agents/post';
const JSON_SCHEMA = 'content/application~1json/schema';

describe('a document', () => {
  it.each<[string, JsonValue]>([
    ['paths /other', {}],
    [`${POST} responses 418`, { description: 'New.' }],
    [`${POST} parameters 1`, { in: 'query', name: 'q', required: false, schema: {} }],
    [`${POST} summary`, 'Other words.'],
    ['components schemas Agent properties name', { type: 'string' }],
    ['components schemas CreateAgent properties description', { type: 'string' }],
  ])('may gain %s', (path, value) => {
    expect(pointers(changed(path, value))).toEqual([]);
  });

  it.each<[string, JsonValue | undefined, string]>([
    ['paths /agents', undefined, AT],
    [POST, undefined, AT],
    [`${POST} operationId`, 'makeAgent', `${AT}/operationId`],
    [`${POST} x-scope`, 'admin', `${AT}/x-scope`],
    [`${POST} parameters 0`, undefined, `${AT}/parameters/query limit`],
    [`${POST} parameters 0 required`, true, `${AT}/parameters/query limit/required`],
    [`${POST} parameters 0 schema type`, 'boolean', `${AT}/parameters/query limit/schema/type`],
    [
      `${POST} parameters 1`,
      { in: 'header', name: 'Key', required: true },
      `${AT}/parameters/header Key/required`,
    ],
    [`${POST} requestBody required`, true, `${AT}/requestBody/required`],
    [
      `${POST} requestBody content application/json`,
      undefined,
      `${AT}/requestBody/content/application~1json`,
    ],
    ['components schemas CreateAgent required', ['name'], `${AT}/requestBody/${JSON_SCHEMA}/required/name`],
    [`${POST} responses 404`, undefined, `${AT}/responses/404`],
    [`${POST} responses 201 headers ETag`, undefined, `${AT}/responses/201/headers/ETag`],
    ['components schemas Agent properties id', undefined, `${AT}/responses/201/${JSON_SCHEMA}/properties/id`],
    ['components schemas Agent required', [], `${AT}/responses/201/${JSON_SCHEMA}/required/id`],
    [
      'components responses NotFound content application/problem+json',
      undefined,
      `${AT}/responses/404/content/application~1problem+json`,
    ],
  ])('breaks clients when %s becomes %j', (path, value, pointer) => {
    expect(pointers(changed(path, value))).toEqual([pointer]);
  });
});
