import type { JsonObject, JsonValue } from '../../../../src/common/json.js';
import type { TestAnswer } from '../../../support/test-app.js';
import type { Answer } from './step.js';

const HEADERS = [
  'cache-control',
  'content-type',
  'etag',
  'idempotent-replayed',
  'location',
  'retry-after',
  'x-request-id',
];

/** `id`, `event` and `data` of every server-sent event; comments such as heartbeats are no events. */
function readEvents(text: string): JsonValue {
  const blocks = text.split('\n\n').filter((block) => block !== '' && !block.startsWith(':'));
  return blocks.map((block) => {
    const fields = block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    });
    const { data, ...rest } = Object.fromEntries(fields);
    return { ...rest, data: JSON.parse(data ?? 'null') as JsonValue };
  });
}

/** Which of our metrics exist, with type and labels. Those of the runtime (`process_`, `nodejs_`) are not ours. */
function readMetrics(text: string): JsonObject {
  const types = [...text.matchAll(/^# TYPE (tandem_\w+) (\w+)$/gm)].sort();
  return Object.fromEntries(
    types.map(([, name = '', type = '']) => {
      const samples = text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{(.*)\\} `, 'gm'));
      const labels = [...samples].flatMap(([, pairs = '']) =>
        [...pairs.matchAll(/(\w+)="/g)].map(([, label = '']) => label),
      );
      return [name, { type, labels: [...new Set(labels)].filter((label) => label !== 'le').sort() }];
    }),
  );
}

function readBody(type: string, body: unknown): JsonValue {
  if (type.startsWith('text/event-stream')) return readEvents(String(body));
  if (type.startsWith('text/plain')) return readMetrics(String(body));
  return type.startsWith('text/html') ? '<page>' : (body as JsonValue);
}

/** An answer as far as the contract goes. */
export function readAnswer({ status, headers, body }: TestAnswer): Answer {
  const kept = HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const shown = { status, headers: Object.fromEntries(kept) };
  return body === undefined ? shown : { ...shown, body: readBody(headers.get('content-type') ?? '', body) };
}
