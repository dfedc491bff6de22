import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  catalogueEntry,
  HOUSEHOLD,
  HOUSEHOLD_REQUESTS,
} from '../../../../test/support/household-catalogue.js';
import { CatalogueIndex } from './catalogue-index.js';
import { MAX_CLAUSES, MAX_REQUEST_CHARACTERS, sketchPlan, sketchPlans } from './sketch-plan.js';

const INDEX = new CatalogueIndex(HOUSEHOLD);
const sketch = (request: string) => sketchPlan(request, INDEX).steps;
const typesOf = (request: string) => sketch(request).map(({ taskType }) => taskType);

describe('sketchPlan', () => {
  it.each(HOUSEHOLD_REQUESTS)('%s', (request, taskTypes) => {
    expect(typesOf(request)).toEqual(taskTypes);
  });

  it('tells the clause with its literals, and which words speak for a task type', () => {
    const [step] = sketch("Please email 'see you' to ben@example.com.");
    expect(step).toMatchObject({
      clause: "Please email 'see you' to ben@example.com",
      taskType: 'email.send',
    });
    expect(step?.literals).toEqual([
      { kind: 'quoted', text: 'see you', medium: null },
      { kind: 'email', text: 'ben@example.com', medium: null },
    ]);
    expect(step?.candidates[0]).toMatchObject({ taskType: 'email.send', because: ['email'] });
  });

  it('leaves out what asks for nothing, and says so', () => {
    const { steps, leftOut } = sketchPlan('I have a big garden. The file is a.txt. Play a song.', INDEX);
    expect(steps.map(({ taskType }) => taskType)).toEqual(['music.play']);
    expect(leftOut).toEqual(['I have a big garden', 'The file is a.txt']);
  });

  it('takes the same said twice for one step, unless the second has something of its own', () => {
    expect(typesOf('Play a song, then play the song')).toEqual(['music.play']);
    expect(typesOf('Play a song, then play a waltz')).toEqual(['music.play', 'music.play']);
  });

  it.each(['Every morning', 'On Mondays,', 'Tomorrow at noon,', 'At 5pm', 'Daily, '])(
    '%s is no verb',
    (time) => {
      expect(typesOf(`${time} play a song`)).toEqual(['music.play']);
    },
  );

  it('keeps what nothing does as a step without a task type', () => {
    expect(typesOf('Play a song and varnish the oak door.')).toEqual(['music.play', null]);
  });

  it('puts in the look-up for an id nobody knows', () => {
    expect(
      sketch('Cancel the order of the red shoes.').map(({ taskType, isInserted }) => [taskType, isInserted]),
    ).toEqual([
      ['order.list', true],
      ['order.cancel', false],
    ]);
    expect(typesOf('Cancel order 4711.')).toEqual(['order.cancel']);
  });

  it('runs side by side what a parallel cue joins', () => {
    const steps = sketch('Pay the water bill. Meanwhile, play a song. Then read me the news.');
    expect(steps.map(({ taskType, after }) => [taskType, after])).toEqual([
      ['bill.pay', []],
      ['music.play', []],
      ['news.read', [0, 1]],
    ]);
  });

  it('lets an earlier step decide a condition', () => {
    const steps = sketch(
      'Check the weather in Oslo. If it rains, book a hotel for one night, otherwise play a song.',
    );
    expect(steps.map(({ taskType, after, condition }) => [taskType, after, condition])).toEqual([
      ['weather.get', [], null],
      ['hotel.search', [0], { text: 'it rains', holds: true, step: 0 }],
      ['hotel.book', [1], { text: 'it rains', holds: true, step: 0 }],
      ['music.play', [0], { text: 'it rains', holds: false, step: 0 }],
    ]);
  });

  it('looks up what a condition is about', () => {
    const steps = sketch('Pay the gas bill. If the weather forecast is bad, play a song.');
    expect(
      steps.map(({ taskType, isInserted, condition }) => [taskType, isInserted, condition?.step ?? null]),
    ).toEqual([
      ['bill.pay', false, null],
      ['weather.get', true, null],
      ['music.play', false, 1],
    ]);
  });

  it('knows when nobody can decide', () => {
    expect(sketch('Play a song unless Eva sleeps.')[0]?.condition).toEqual({
      text: 'Eva sleeps',
      holds: false,
      step: null,
    });
  });

  it('keeps two of a kind where each has literals of its own', () => {
    expect(typesOf("Play 'Help' and play 'Yesterday'.")).toEqual(['music.play', 'music.play']);
    expect(typesOf('Play a song, play some music.')).toEqual(['music.play']);
  });

  it('breaks ties by name', () => {
    const twins = new CatalogueIndex([catalogueEntry('b.do', 'Irons.'), catalogueEntry('a.do', 'Irons.')]);
    expect(sketchPlan('irons', twins).steps[0]?.taskType).toBe('a.do');
  });

  it('has no steps where there is nothing to plan or to plan with', () => {
    expect(sketch('')).toEqual([]);
    expect(sketchPlan('Play a song.', new CatalogueIndex([])).steps.map(({ taskType }) => taskType)).toEqual([
      null,
    ]);
  });

  it('reads so far and no further', () => {
    const long = 'Play a song. '.repeat(80_000);
    expect(long.length).toBeGreaterThan(1_000_000);
    expect(sketch(long)).toEqual(sketch(long.slice(0, MAX_REQUEST_CHARACTERS)));
    expect(sketch("Play 'a' and pay 'b', ".repeat(500)).length).toBeLessThanOrEqual(2 * MAX_CLAUSES);
  });
});

describe('sketchPlans', () => {
  it('offers the next best task type of the least sure clause', () => {
    const plans = sketchPlans('Remind me to call Eva.', INDEX, 2).map(({ steps }) =>
      steps.map(({ taskType }) => taskType),
    );
    expect(plans).toEqual([['reminder.set'], ['reminder.delete']]);
  });

  it('begins with the sketch and offers no more than there are', () => {
    const request = 'Pay the bill and play a song.';
    expect(sketchPlans(request, INDEX, 3)[0]).toEqual(sketchPlan(request, INDEX));
    expect(sketchPlans(request, INDEX, 1)).toHaveLength(1);
    expect(sketchPlans('', INDEX, 3)).toHaveLength(1);
  });
});

describe('any text', () => {
  const words = fc.constantFrom(
    ...'book cancel the hotel order if otherwise unless meanwhile then , . and it "a b" x@y.de plan.csv 12 Eva before after'.split(
      ' ',
    ),
  );
  const anyText = fc.oneof(
    fc.array(words, { maxLength: 40 }).map((some) => some.join(' ')),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );

  it('gives steps that come after earlier ones only, of task types there are', () => {
    const names = new Set<string | null>([null, ...HOUSEHOLD.map(({ name }) => name)]);
    fc.assert(
      fc.property(anyText, (request) => {
        for (const [at, { taskType, after, condition, candidates }] of sketch(request).entries()) {
          expect(names.has(taskType)).toBe(true);
          expect(after.every((one) => one >= 0 && one < at)).toBe(true);
          expect(condition?.step ?? -1).toBeLessThan(at);
          expect(taskType === null || candidates.some((one) => one.taskType === taskType)).toBe(true);
        }
      }),
    );
  });

  it('gives the same sketch whatever the order of the catalogue', () => {
    const shuffled = fc.shuffledSubarray([...HOUSEHOLD], { minLength: HOUSEHOLD.length });
    fc.assert(
      fc.property(anyText, shuffled, (request, catalogue) => {
        expect(sketchPlan(request, new CatalogueIndex(catalogue))).toEqual(sketchPlan(request, INDEX));
      }),
      { numRuns: 50 },
    );
  });
});
