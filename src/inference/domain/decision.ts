import type { Issue } from '../../common/issue.js';
import type { JsonValue } from '../../common/json.js';

/** Something that can be chosen. */
export interface DecisionOption {
  readonly id: string;
  readonly description?: string | undefined;
  /** What it is judged by, by the names of the criteria. */
  readonly attributes?: Readonly<Record<string, JsonValue>> | undefined;
}

/** An option that is only an id is one without attributes. */
export const toOption = (given: DecisionOption | string): DecisionOption =>
  typeof given === 'string' ? { id: given } : given;

export interface Criterion {
  readonly name: string;
  /** Not negative; only its share of all weights counts. */
  readonly weight: number;
  readonly direction: 'maximize' | 'minimize';
}

/** How an option does: 0 (worst) to 1 (best) by criterion, and weighted together. */
export interface OptionScore {
  readonly optionId: string;
  readonly total: number;
  readonly byCriterion: Readonly<Record<string, number>>;
}

export interface Decision {
  /** Id of an option. */
  readonly chosen: string;
  /** Of every option, in their order. */
  readonly scores: readonly OptionScore[];
  /** For people. */
  readonly reason: string;
}

type Question = { readonly options: readonly DecisionOption[]; readonly criteria: readonly Criterion[] };

/** What keeps a decision from being made, with pointers into the question. Pure. */
export function checkDecision({ options, criteria }: Question): Issue[] {
  const issues: Issue[] = [];
  const twice = (values: readonly string[], list: string, field: string, code: string): void => {
    const seen = new Set<string>();
    for (const [index, value] of values.entries()) {
      const message = `${JSON.stringify(value)} is there twice.`;
      if (seen.has(value)) issues.push({ code, pointer: `/${list}/${index}/${field}`, message });
      seen.add(value);
    }
  };
  if (options.length === 0)
    issues.push({ code: 'no_options', pointer: '/options', message: 'There is nothing to choose from.' });
  twice(
    options.map(({ id }) => id),
    'options',
    'id',
    'duplicate_option_id',
  );
  twice(
    criteria.map(({ name }) => name),
    'criteria',
    'name',
    'duplicate_criterion',
  );
  if (criteria.length > 0 && criteria.every(({ weight }) => weight === 0))
    issues.push({ code: 'no_weight', pointer: '/criteria', message: 'No criterion has any weight.' });
  return issues;
}

/** Numbers as they are, yes and no as 1 and 0; anything else is no measure. */
function measure(value: JsonValue | undefined): number | null {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Each option by one criterion: its place between the worst and the best; an option without the attribute is the worst. */
function placesOf(options: readonly DecisionOption[], { name, direction }: Criterion): readonly number[] {
  const measures = options.map(({ attributes = {} }) =>
    Object.hasOwn(attributes, name) ? measure(attributes[name]) : null,
  );
  const known = measures.filter((each) => each !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return measures.map((each) => {
    if (each === null) return 0;
    if (most === least) return 1;
    // Divided first: the difference of two finite numbers may be infinite.
    const place = each / 2 / (most / 2 - least / 2) - least / 2 / (most / 2 - least / 2);
    return clamp(direction === 'maximize' ? place : 1 - place);
  });
}

const clamp = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);

/** Shares of all weights; equal where nothing weighs anything. */
export function sharesOf(criteria: readonly Criterion[]): readonly number[] {
  const most = Math.max(0, ...criteria.map(({ weight }) => weight));
  const scaled = criteria.map(({ weight }) => (most === 0 ? 1 : weight / most));
  const sum = scaled.reduce((a, b) => a + b, 0);
  return scaled.map((each) => each / sum);
}

/** Puts scores by criterion together. */
export function totalOf(
  criteria: readonly Criterion[],
  byCriterion: Readonly<Record<string, number>>,
): number {
  const shares = sharesOf(criteria);
  const total = criteria.reduce(
    (sum, { name }, index) => sum + (shares[index] ?? 0) * (byCriterion[name] ?? 0),
    0,
  );
  return Math.round(total * 1e9) / 1e9;
}

/** The option with the best total, of equals the first. */
export function bestOf(scores: readonly OptionScore[]): OptionScore | undefined {
  return scores.reduce<OptionScore | undefined>(
    (best, each) => (best === undefined || each.total > best.total ? each : best),
    undefined,
  );
}

/** Weighted scoring of the criteria over the attributes of the options; of equals, and without criteria, the first. Pure. */
export function decideByRules({ options, criteria }: Question): Decision {
  const places = criteria.map((criterion) => placesOf(options, criterion));
  const scores = options.map(({ id }, option): OptionScore => {
    const byCriterion = Object.fromEntries(
      criteria.map(({ name }, index) => [name, places[index]?.[option] ?? 0]),
    );
    return { optionId: id, total: totalOf(criteria, byCriterion), byCriterion };
  });
  const chosen = bestOf(scores)?.optionId ?? '';
  const isMeasured = scores.some(({ total }) => total > 0);
  const reason = isMeasured
    ? `${JSON.stringify(chosen)} does best by ${criteria.map(({ name }) => name).join(', ')}.`
    : `Nothing tells the options apart: ${JSON.stringify(chosen)} is the first.`;
  return { chosen, scores, reason };
}
