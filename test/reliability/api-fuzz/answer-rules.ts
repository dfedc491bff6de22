import { type ApiDocument, type Operation, type Response, responseOf } from './api-document.js';
import type { DocumentedSchemas } from './answer-schemas.js';
import type { Answer, SentRequest } from './sent-request.js';

/** What an answer breaks of what is documented. */
export interface Fault {
  readonly rule:
    | 'no 5xx'
    | 'status documented'
    | 'content type documented'
    | 'body documented'
    | 'header documented'
    | 'problem true'
    | 'nothing of the machine shown'
    | 'broken request refused'
    | 'documented request not malformed';
  readonly detail: string;
}

export interface Rules {
  readonly document: ApiDocument;
  readonly requests: DocumentedSchemas;
  /** Also tells of what is answered without being documented. */
  readonly answers: DocumentedSchemas;
  /** `409 stale` and its likes. */
  readonly problems: ReadonlySet<string>;
  /** Text that only the machine knows: its folders. */
  readonly secrets: readonly string[];
}

export interface Exchange {
  readonly operation: Operation;
  readonly request: SentRequest;
  readonly isAsDocumented: boolean;
  readonly answer: Answer;
}

const PROBLEM = 'application/problem+json';
const STACK = /\n\s+at \S|\/node_modules\/|\.[cm]?[jt]s:\d+/;

/** Of requests that fit their schemas: what no schema can say. */
const BEYOND_SCHEMAS = ['unstorable', 'forbidden_key', 'invalid_cursor'];

const mediaTypeOf = ({ headers }: Answer): string => (headers['content-type'] ?? '').replace(/;.*/, '');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const EVENT = /^id: (\d+)\nevent: ([a-z.-]+)\ndata: (.+)$/;

/** What is no event with number, type and JSON, and no heartbeat; the last one may be cut off. */
const strayLines = (text: string): Fault[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .filter((event) => !event.startsWith(':') && jsonOf(EVENT.exec(event)?.[3] ?? '') === undefined)
    .map((event) => ({ rule: 'body documented', detail: `No event: ${event.slice(0, 200)}` }));

function contentFaults(response: Response, answer: Answer, { answers }: Rules): Fault[] {
  const { content } = response;
  const type = mediaTypeOf(answer);
  if (content === undefined)
    return answer.text === '' ? [] : [{ rule: 'body documented', detail: 'There should be none.' }];
  const schema = content[type]?.schema;
  if (schema === undefined) return [{ rule: 'content type documented', detail: `"${type}" is not.` }];
  if (type === 'text/event-stream') return strayLines(answer.text);
  if (!type.endsWith('json')) return [];
  const value = jsonOf(answer.text);
  const misfit = value === undefined ? 'It is no JSON.' : answers.misfit(schema, value);
  return misfit === null ? [] : [{ rule: 'body documented', detail: misfit }];
}

const headerFaults = ({ headers = {} }: Response, answer: Answer): Fault[] =>
  ['X-Request-Id', ...Object.keys(headers)]
    .filter((name) => (answer.headers[name.toLowerCase()] ?? '') === '')
    .map((name) => ({ rule: 'header documented', detail: `${name} is missing.` }));

/** Where an answer says to go on is something that can be asked for. */
function locationFaults(answer: Answer, { document }: Rules): Fault[] {
  const { location } = answer.headers;
  if (location === undefined) return [];
  const places = Object.entries(document.paths).flatMap(([path, item]) => ('get' in item ? path : []));
  const isPlace = places.some((path) =>
    new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(location),
  );
  return isPlace ? [] : [{ rule: 'header documented', detail: `Location is ${location}` }];
}

interface SaidProblem {
  readonly type?: unknown;
  readonly status?: unknown;
  readonly code?: unknown;
  readonly instance?: unknown;
  readonly requestId?: unknown;
}

/** A problem says of itself what is so. */
function problemFaults({ request, answer }: Exchange, { problems }: Rules): Fault[] {
  if (mediaTypeOf(answer) !== PROBLEM) return [];
  const said = (jsonOf(answer.text) ?? {}) as SaidProblem;
  const path = request.target.split('?', 1)[0];
  const claims: readonly (readonly [isTrue: boolean, what: string])[] = [
    [said.status === answer.status, `its status is ${String(said.status)}`],
    [
      problems.has(`${answer.status} ${String(said.code)}`),
      `docs/errors.md has no ${answer.status} ${String(said.code)}`,
    ],
    [said.type === `urn:tandem:problem:${String(said.code)}`, `its type is ${String(said.type)}`],
    [said.instance === path, `its instance is ${String(said.instance)}`],
    [said.requestId === answer.headers['x-request-id'], `its requestId is ${String(said.requestId)}`],
  ];
  return claims.filter(([isTrue]) => !isTrue).map(([, what]) => ({ rule: 'problem true', detail: what }));
}

function machineFaults({ answer: { text } }: Exchange, { secrets }: Rules): Fault[] {
  const shown = [...secrets.filter((secret) => text.includes(secret)), ...(STACK.exec(text) ?? [])];
  return shown.map((detail) => ({ rule: 'nothing of the machine shown', detail }));
}

/** Whether the body that was sent is one that the document refuses. */
function brokenBody({ operation, request }: Exchange, { requests }: Rules): string | null {
  const { body } = operation;
  if (body === null || typeof request.body !== 'string') return null;
  // No body counts as an empty object, and a byte order mark may be ignored (RFC 8259, 8.1).
  const value = request.body === '' ? {} : jsonOf(request.body.replace(/^\ufeff/, ''));
  return value === undefined ? 'It is no JSON.' : requests.misfit(body.schema, value);
}

/** A check of a definition succeeds with what is wrong with it. */
const saysInvalid = ({ text }: Answer): boolean =>
  (jsonOf(text) as { valid?: unknown } | null | undefined)?.valid === false;

/** What the request was says what the answer may be. */
function acceptanceFaults(exchange: Exchange, rules: Rules): Fault[] {
  const { answer, isAsDocumented } = exchange;
  if (answer.status === 400 && isAsDocumented) {
    const { code } = (jsonOf(answer.text) ?? {}) as { code?: string };
    if (BEYOND_SCHEMAS.includes(code ?? '')) return [];
    return [{ rule: 'documented request not malformed', detail: answer.text.slice(0, 600) }];
  }
  if (answer.status >= 300 || saysInvalid(answer)) return [];
  const misfit = brokenBody(exchange, rules);
  return misfit === null ? [] : [{ rule: 'broken request refused', detail: misfit }];
}

/** Everything that is wrong with an answer; empty when it is as documented. */
export function faultsOf(exchange: Exchange, rules: Rules): readonly Fault[] {
  const { operation, answer } = exchange;
  if (answer.status >= 500) return [{ rule: 'no 5xx', detail: answer.text.slice(0, 600) }];
  const response = responseOf(operation, answer.status, rules.document);
  if (response === undefined)
    return [{ rule: 'status documented', detail: `${answer.status}: ${answer.text.slice(0, 300)}` }];
  return [
    ...contentFaults(response, answer, rules),
    ...headerFaults(response, answer),
    ...locationFaults(answer, rules),
    ...problemFaults(exchange, rules),
    ...machineFaults(exchange, rules),
    ...acceptanceFaults(exchange, rules),
  ];
}
