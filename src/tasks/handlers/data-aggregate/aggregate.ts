import { isDeepStrictEqual } from 'node:util';
import { collectionOf, type Element } from './collection.js';
import { memberFinder } from './member-finder.js';
import { numberOf } from './number-of.js';

export const OPERATIONS = ['count', 'sum', 'min', 'max', 'average', 'list'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface AggregateRequest {
  readonly input: unknown;
  readonly from?: string | undefined;
  readonly operation: Operation;
  readonly of?: string | undefined;
  readonly by?: string | undefined;
  readonly where?: Readonly<Record<string, unknown>> | undefined;
}

export interface Aggregate {
  /** A number; null for min, max and average of nothing; an array for `list`. */
  readonly total: unknown;
  readonly groups?: Readonly<Record<string, unknown>>;
}

/** The key under which elements without a value to group by are counted. */
export const NO_GROUP = '(none)';

function condition(where: Readonly<Record<string, unknown>>): (element: Element) => boolean {
  const tests = Object.entries(where).map(([field, literal]) => ({ find: memberFinder(field), literal }));
  return ({ value }) => tests.every(({ find, literal }) => isDeepStrictEqual(find(value) ?? null, literal));
}

function groupKey(value: unknown): string {
  if (value === undefined || value === null) return NO_GROUP;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

function summarise(numbers: readonly number[], operation: 'sum' | 'min' | 'max' | 'average'): number | null {
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (operation === 'sum') return sum;
  if (numbers.length === 0) return null;
  if (operation === 'average') return sum / numbers.length;
  return numbers.reduce((a, b) => (operation === 'min' ? Math.min(a, b) : Math.max(a, b)));
}

function compute({ operation, of }: AggregateRequest, elements: readonly Element[]): unknown {
  const find = of === undefined ? undefined : memberFinder(of);
  const values = elements.map((element) => (find === undefined ? element.value : find(element.value)));
  switch (operation) {
    case 'count':
      return find === undefined ? elements.length : values.filter(isPresent).length;
    case 'list':
      return find === undefined ? values : values.filter(isPresent);
    default: {
      const numbers = elements.map((element, index) => numberOf(values[index], element.label, of));
      return summarise(numbers, operation);
    }
  }
}

/** Computes over a collection what `data.aggregate` documents, in total and for each group. */
export function aggregate(request: AggregateRequest): Aggregate {
  const elements = collectionOf(request.input, request.from).filter(condition(request.where ?? {}));
  const total = compute(request, elements);
  if (request.by === undefined) return { total };
  const find = memberFinder(request.by);
  const grouped = Map.groupBy(elements, (element) => groupKey(find(element.value)));
  const groups = Object.fromEntries([...grouped].map(([key, members]) => [key, compute(request, members)]));
  return { total, groups };
}
