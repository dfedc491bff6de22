import { isJsonObject, type JsonValue } from '../../../../src/common/json.js';
import { ruleAt } from './pointers.js';
import type { Answer, Step } from './step.js';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const ETAG = /"[0-9a-f]{64}"/g;
const LONGEST_TEXT = 2_000;

/** A long text is recorded by its length. */
export const shorten = (text: string): string =>
  text.length > LONGEST_TEXT ? `<text of ${text.length} characters>` : text;

/** Turns answers into recordings: what differs each time gets a name, equal values the same one. */
export class Recorder {
  private readonly labels = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  record(answer: Answer, { varies }: Pick<Step, 'varies'>): Answer {
    const walk = (value: JsonValue, path: readonly string[]): JsonValue => {
      const kind = ruleAt(varies, path);
      if (kind !== undefined) return `<${kind}>`;
      if (typeof value === 'string') return this.text(value, path.at(-1) ?? '');
      if (Array.isArray(value)) return value.map((item: JsonValue, i) => walk(item, [...path, String(i)]));
      if (!isJsonObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]),
      );
    };
    return walk(answer, []) as Answer;
  }

  private text(text: string, field: string): string {
    if (field === 'nextCursor') return '<cursor>';
    const isRequestId = field === 'requestId' || field === 'x-request-id';
    if (isRequestId && text.search(UUID) === 0) return this.label('request', text);
    const named = text
      .replace(UUID, (uuid) => this.label('uuid', uuid))
      .replace(ETAG, (etag) => this.label('etag', etag))
      .replace(TIME, '<time>');
    return shorten(named);
  }

  private label(kind: string, value: string): string {
    const known = this.labels.get(value);
    if (known !== undefined) return known;
    const number = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, number);
    this.labels.set(value, `<${kind}:${number}>`);
    return `<${kind}:${number}>`;
  }
}
