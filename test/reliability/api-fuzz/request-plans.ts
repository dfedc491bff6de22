import fc from 'fast-check';
import type { Operation, Parameter } from './api-document.js';
import { type Body, bodyOf } from './bodies.js';
import { headersOf } from './headers.js';
import { mark } from './known-values.js';
import type { SchemaValues } from './schema-values.js';
import { hostileText } from './texts.js';

/** A request before the marks in it are ids. */
export interface RequestPlan {
  readonly operationId: string;
  readonly method: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array | null;
  /** Whether all of it is as the document asks for: then nothing can be malformed. */
  readonly isAsDocumented: boolean;
}

interface Part {
  readonly text: string;
  readonly isAsDocumented: boolean;
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
const asDocumented = (text: string): Part => ({ text: encoded(text), isAsDocumented: true });
const broken = (text: string): Part => ({ text, isAsDocumented: false });

/** What no client should put into an address, as it is sent. */
const brokenEncoding = fc
  .constantFrom(
    '%',
    '%zz',
    '%c0%af',
    '%ed%a0%80',
    '%00',
    '%2f',
    '%2e%2e%2f',
    '..%5c',
    ';',
    '*',
    '%25',
    '+',
    '%0d%0a',
  )
  .map(broken);

/** Short enough for a request line. */
const garbage = fc.oneof(
  { weight: 2, arbitrary: hostileText.map((text) => broken(encoded(text.slice(0, 600)))) },
  { weight: 1, arbitrary: brokenEncoding },
);

/** A part of a path has no slash of its own and is not empty: that would be another route. */
function pathPart(parameter: Parameter, values: SchemaValues): fc.Arbitrary<Part> {
  const isId = parameter.schema['format'] === 'uuid';
  const known =
    isId || parameter.name === 'scope' ? mark(parameter.name) : values.of(parameter.schema, parameter.name);
  const fitting = values.of(parameter.schema);
  return fc
    .oneof(
      { weight: 14, arbitrary: known.map(String).map(asDocumented) },
      { weight: 2, arbitrary: fitting.map(String).map(asDocumented) },
      { weight: 2, arbitrary: garbage },
    )
    .map((part) => (part.text === '' || part.text === '.' || part.text === '..' ? broken('%20') : part));
}

type Pair = readonly [name: string, part: Part];

/** The longest a run is waited for, in seconds. */
const wait = fc.constantFrom(0, 0.05, 0.2).map(String);

function queryValue({ name, schema }: Parameter, values: SchemaValues): fc.Arbitrary<Part> {
  const known = name === 'wait' ? wait : values.of(schema, name).map(String);
  const fitting = name === 'cursor' ? mark('cursor').map((text) => broken(text)) : known.map(asDocumented);
  return fc.oneof({ weight: 5, arbitrary: fitting }, { weight: 2, arbitrary: garbage });
}

/** Some of the documented parameters; now and then one twice, or one that does not exist. */
function queryOf(parameters: readonly Parameter[], values: SchemaValues): fc.Arbitrary<readonly Pair[]> {
  const each = parameters.map((parameter) =>
    fc
      .option(queryValue(parameter, values), { freq: 2 })
      .map((part): readonly Pair[] => (part === null ? [] : [[parameter.name, part]])),
  );
  const usual = fc.tuple(...each).map((pairs) => pairs.flat());
  const unknown: fc.Arbitrary<Pair> = fc.tuple(
    fc.constantFrom('extra', '__proto__', 'limit[]', 'a[b]', '', 'constructor', 'limit%00'),
    garbage,
  );
  const more = fc.tuple(usual, fc.boolean(), unknown).map(([pairs, isTwice, extra]): readonly Pair[] => {
    const [first] = pairs;
    return isTwice && first !== undefined ? [...pairs, [first[0], broken(first[1].text)]] : [...pairs, extra];
  });
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: more });
}

/** Garbage may be a number too. */
const waitsLong = (query: readonly Pair[]): boolean =>
  query.some(([name, { text }]) => name === 'wait' && Number(decodeSafely(text)) > 1);

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function targetOf(path: string, parts: readonly Part[], query: readonly Pair[]): string {
  let index = 0;
  const filled = path.replace(/\{[^}]+\}/g, () => (parts[index++] as Part).text);
  const asked = query.map(([name, { text }]) => `${name}=${text}`).join('&');
  return asked === '' ? filled : `${filled}?${asked}`;
}

/** Requests for an operation: as the document says, or with anything wrong that a caller can get wrong. */
export function requestPlans(operation: Operation, values: SchemaValues): fc.Arbitrary<RequestPlan> {
  const { operationId, method, path, parameters } = operation;
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const parts = fc.record({
    path: fc.tuple(...inPath.map((parameter) => pathPart(parameter, values))),
    query: queryOf(inQuery, values).filter((query) => !waitsLong(query)),
    headers: headersOf(operation),
    body: bodyOf(operation, values),
  });
  return parts.map(({ path: filled, query, headers, body }) => ({
    ...{ operationId, method, target: targetOf(path, filled, query) },
    headers: [...contentType(body, headers.mediaType), ...headers.others],
    body: body.content,
    isAsDocumented:
      [...filled, ...query.map(([, part]) => part)].every((part) => part.isAsDocumented) &&
      (body.content === null || headers.mediaType === 'application/json') &&
      body.isAsDocumented &&
      headers.isAsDocumented,
  }));
}

const contentType = ({ content }: Body, mediaType: string | null): (readonly [string, string])[] =>
  content === null || mediaType === null ? [] : [['Content-Type', mediaType]];
