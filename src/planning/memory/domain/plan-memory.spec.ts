import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUSEHOLD } from '../../../../test/support/household-catalogue.js';
import { CatalogueIndex } from '../../rules/domain/catalogue-index.js';
import { sketchPlan } from '../../rules/domain/sketch-plan.js';
import { baselineOf } from './baseline-of.js';
import type { PlannerWith } from './learn.js';
import { PlanMemory } from './plan-memory.js';
import { chained, type RememberedPlan } from './remembered-plan.js';

const NAMES = new Set(HOUSEHOLD.map(({ name }) => name));
const plannerWith: PlannerWith = (extensions) => {
  const index = new CatalogueIndex(HOUSEHOLD, { extensions });
  return (request) => baselineOf(sketchPlan(request, index));
};

function memoryOf(plans: readonly RememberedPlan[], knows = (name: string) => NAMES.has(name)): PlanMemory {
  const steps = PlanMemory.build(plans, knows, plannerWith);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

let count = 0;
const plan = (
  request: string,
  taskTypes: string[],
  fields: Partial<RememberedPlan> = {},
): RememberedPlan => ({
  ...{ id: String((count += 1)).padStart(8, '0'), request, steps: [], isAccepted: true, author: null },
  ...chained(taskTypes),
  ...fields,
});
/** The same request in other places: nothing but the names differ. */
const PLACES = [
  'Rome',
  'Oslo',
  'Lima',
  'Bonn',
  'Cork',
  'Bern',
  'Nice',
  'Graz',
  'Lyon',
  'Kiel',
  'Faro',
  'Brno',
];
const inPlaces = (request: string, taskTypes: string[], fields: Partial<RememberedPlan> = {}) =>
  PLACES.map((place) => plan(`${request} in ${place}`, taskTypes, fields));
const typesFor = (memory: PlanMemory, request: string) => memory.ask(request).plans[0]?.taskTypes;

describe('PlanMemory', () => {
  const getaway = inPlaces('Arrange a getaway', ['weather.get', 'hotel.book']);

  it('knows what only plans tell', () => {
    expect(typesFor(memoryOf([]), 'Arrange a getaway in Pisa')).not.toEqual(['weather.get', 'hotel.book']);
    const [best] = memoryOf(getaway).ask('Arrange a getaway in Pisa').plans;
    expect(best).toEqual({ ...chained(['weather.get', 'hotel.book']), chance: null });
  });

  it('goes by what is most like the request', () => {
    const memory = memoryOf([...getaway, ...inPlaces('Arrange a commute', ['train.book'])]);
    expect(typesFor(memory, 'Arrange a getaway in Pisa')).toEqual(['weather.get', 'hotel.book']);
    expect(typesFor(memory, 'Arrange a commute in Pisa')).toEqual(['train.book']);
  });

  it('learns nothing from what was rejected, and holds it against the plan', () => {
    const bad = inPlaces('Arrange a getaway', ['train.book'], { isAccepted: false });
    expect(typesFor(memoryOf(bad), 'Arrange a getaway in Pisa')).toEqual(
      typesFor(memoryOf([]), 'Arrange a getaway in Pisa'),
    );
    expect(typesFor(memoryOf([...getaway, ...bad]), 'Arrange a getaway in Pisa')).toEqual([
      'weather.get',
      'hotel.book',
    ]);
    expect(memoryOf([...getaway, ...bad]).facts).toMatchObject({ size: 24, accepted: 12 });
  });

  it('proposes no task type that is gone', () => {
    const memory = memoryOf(getaway, (name) => name !== 'weather.get' && NAMES.has(name));
    expect(memory.facts.size).toBe(0);
    expect(typesFor(memory, 'Arrange a getaway in Pisa') ?? []).not.toContain('weather.get');
  });

  it('learns words of steps', () => {
    const steps = [{ text: 'Zorble the rooms', taskType: 'hotel.book' }];
    const taught = PLACES.map((place) => plan(`Something about ${place}`, ['hotel.book'], { steps }));
    expect(memoryOf(taught).words.get('hotel.book')?.get('zorbl')).toBeGreaterThan(0);
    expect(typesFor(memoryOf([]), 'Zorble the rooms') ?? []).not.toContain('hotel.book');
    expect(typesFor(memoryOf(taught), 'Zorble the rooms')).toContain('hotel.book');
  });

  it('is never sure with few plans, and says nothing of chances', () => {
    const memory = memoryOf([...getaway, ...inPlaces('Arrange a commute', ['train.book'])]);
    const { plans, isConfident } = memory.ask('Arrange a getaway in Rome');
    expect(memory.facts).toMatchObject({ threshold: null, coverage: 0, precision: 0 });
    expect([isConfident, plans.every(({ chance }) => chance === null)]).toEqual([false, true]);
  });

  it('answers the same whatever the order it was told in', () => {
    const all = [...getaway, ...inPlaces('Arrange a commute', ['train.book', 'weather.get'])];
    const [one, other] = [memoryOf(all), memoryOf([...all].reverse())];
    for (const request of ['Arrange a getaway in Pisa', 'Book a train, then a hotel', 'Arrange'])
      expect(other.ask(request)).toEqual(one.ask(request));
  });

  it('survives any text, with at most three different plans of known task types', () => {
    const hostile = [
      '__proto__',
      'constructor toString',
      '{{ secrets.x }}',
      '\u0000\u0001\u0002\n',
      '\ud800',
      'a'.repeat(1e6),
    ];
    const taught = hostile.map((request) =>
      plan(request, ['train.book'], { steps: [{ text: request, taskType: 'train.book' }] }),
    );
    const memory = memoryOf([...getaway, ...taught]);
    const check = (request: string) => {
      const { plans, types } = memory.ask(request);
      expect(plans.length).toBeLessThanOrEqual(3);
      expect(new Set(plans.map((each) => JSON.stringify(each))).size).toBe(plans.length);
      expect(plans.flatMap(({ taskTypes }) => taskTypes).every((name) => NAMES.has(name))).toBe(true);
      expect([...types.values()].every(Number.isFinite)).toBe(true);
    };
    for (const request of ['', ...hostile]) check(request);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), check));
  });
});

describe('a memory of many plans', () => {
  const KINDS = [
    ['getaway', ['weather.get', 'hotel.book']],
    ['commute', ['train.book']],
    ['excursion', ['weather.get', 'train.book']],
    ['sleepover', ['hotel.search', 'hotel.book']],
  ] as const;
  const requestOf = (at: number) => `Arrange a ${KINDS[at % 4]?.[0]} for ${at} days in ${PLACES[at % 12]}`;
  const memory = memoryOf(
    Array.from({ length: 520 }, (_, at) => plan(requestOf(at), [...(KINDS[at % 4]?.[1] ?? [])])),
  );

  it('is sure of what it has often seen, and says how sure', () => {
    const { threshold, precision, coverage } = memory.facts;
    expect(precision).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeGreaterThan(0.5);
    const { plans, isConfident } = memory.ask('Arrange a getaway for 4 days in Pisa');
    expect([plans[0]?.taskTypes, isConfident]).toEqual([['weather.get', 'hotel.book'], true]);
    expect(plans[0]?.chance).toBeGreaterThanOrEqual(threshold ?? Infinity);
    expect(plans).toHaveLength(3);
    const chances = plans.map(({ chance }) => chance ?? NaN);
    expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1 + 1e-9);
  });

  it('is not sure of what it never saw', () => {
    expect(memory.ask('Grobnak the flimsters').isConfident).toBe(false);
  });
});
