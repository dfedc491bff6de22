import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkDecision, type Criterion, decideByRules, type DecisionOption } from './decision.js';

const option = (id: string, attributes?: DecisionOption['attributes']): DecisionOption => ({
  id,
  attributes,
});
const by = (name: string, weight = 1, direction: Criterion['direction'] = 'maximize'): Criterion => ({
  ...{ name, weight, direction },
});
const chosen = (options: readonly DecisionOption[], ...criteria: Criterion[]): string =>
  decideByRules({ options, criteria }).chosen;

describe('a decision by rules', () => {
  const rail = option('rail', { costEur: 120, hours: 9, direct: true });
  const air = option('air', { costEur: 310, hours: 2, direct: false });
  const bus = option('bus', { costEur: 60, hours: 14 });

  it.each<[string, Criterion[], string]>([
    ['what costs least', [by('costEur', 1, 'minimize')], 'bus'],
    ['what costs most', [by('costEur')], 'air'],
    ['what takes least, mostly', [by('costEur', 1, 'minimize'), by('hours', 3, 'minimize')], 'air'],
    ['what costs least, mostly', [by('costEur', 3, 'minimize'), by('hours', 1, 'minimize')], 'bus'],
    ['what is true', [by('direct')], 'rail'],
    ['the first, by nothing', [], 'rail'],
    ['the first, by what nobody has', [by('beauty')], 'rail'],
  ])('chooses %s', (_, criteria, id) => {
    expect(chosen([rail, air, bus], ...criteria)).toBe(id);
  });

  it('scores every option by every criterion, from the worst to the best, and by weight', () => {
    const criteria = [by('costEur', 1, 'minimize'), by('hours', 3, 'minimize')];
    expect(decideByRules({ options: [rail, air, bus], criteria }).scores).toEqual(
      [
        {
          optionId: 'rail',
          total: 0.5025,
          byCriterion: { costEur: 0.76, hours: expect.closeTo(0.416667, 5) },
        },
        { optionId: 'air', total: 0.75, byCriterion: { costEur: 0, hours: 1 } },
        { optionId: 'bus', total: 0.25, byCriterion: { costEur: 1, hours: 0 } },
      ].map((each) => (each.optionId === 'rail' ? { ...each, total: expect.closeTo(0.5025, 4) } : each)),
    );
  });

  it('takes an option without the attribute for the worst, and equals for the best', () => {
    expect(chosen([option('a'), option('b', { x: 0 })], by('x', 1, 'minimize'))).toBe('b');
    expect(chosen([option('a', { x: 5 }), option('b', { x: 5 })], by('x'))).toBe('a');
  });

  it.each<[string, DecisionOption['attributes']]>([
    ['text', { x: '9' }],
    ['null', { x: null }],
    ['a list', { x: [9] }],
    ['what every object has', {}],
  ])('does not measure %s', (_, attributes) => {
    expect(
      chosen([option('a', { x: 1, toString: 1 }), option('b', attributes)], by('x'), by('toString')),
    ).toBe('a');
  });

  it('is one of the options and scores from 0 to 1, whatever the numbers', () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    const options = fc
      .array(fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), number, { maxKeys: 3 }), {
        minLength: 1,
        maxLength: 6,
      })
      .map((all) => all.map((attributes, index) => option(`o${index}`, attributes)));
    const criteria = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c'),
        weight: fc.double({ min: 0, max: 1e9, noNaN: true }),
        direction: fc.constantFrom('maximize' as const, 'minimize' as const),
      }),
      { selector: ({ name }) => name, maxLength: 3 },
    );
    fc.assert(
      fc.property(options, criteria, (all, judged) => {
        const decision = decideByRules({ options: all, criteria: judged });
        const totals = decision.scores.map(({ total }) => total);
        expect(totals.every((total) => total >= 0 && total <= 1.000001)).toBe(true);
        const best = decision.scores.find(({ optionId }) => optionId === decision.chosen);
        expect(best?.total).toBe(Math.max(...totals));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a question that cannot be decided', () => {
  it('tells all that is wrong', () => {
    const options = [option('a'), option('b'), option('a'), option('a')];
    const criteria = [by('x', 0), by('x', 0)];
    expect(checkDecision({ options, criteria }).map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'duplicate_option_id /options/2/id',
      'duplicate_option_id /options/3/id',
      'duplicate_criterion /criteria/1/name',
      'no_weight /criteria',
    ]);
    expect(checkDecision({ options: [], criteria: [] }).map(({ code }) => code)).toEqual(['no_options']);
  });

  it('is none with one option and no criteria', () => {
    expect(checkDecision({ options: [option('a')], criteria: [] })).toEqual([]);
  });
});
