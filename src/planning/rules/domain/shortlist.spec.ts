import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUSEHOLD, HOUSEHOLD_REQUESTS } from '../../../../test/support/household-catalogue.js';
import { CatalogueIndex } from './catalogue-index.js';
import { shortlist } from './shortlist.js';

const INDEX = new CatalogueIndex(HOUSEHOLD);

describe('shortlist', () => {
  it.each(HOUSEHOLD_REQUESTS)('has what is needed: %s', (request, taskTypes) => {
    expect(shortlist(request, INDEX, 6)).toEqual(expect.arrayContaining([...taskTypes]));
  });

  it('has what comes second before what fits nothing', () => {
    expect(shortlist('Remind me to call Eva.', INDEX, 2)).toEqual(['reminder.set', 'reminder.delete']);
  });

  it('has a search for what is named', () => {
    expect(shortlist("Play 'Help'.", INDEX, 2)).toEqual(['music.play', 'hotel.search']);
  });

  it.each(HOUSEHOLD_REQUESTS)('begins with the sketch: %s', (request, taskTypes) => {
    expect(new Set(shortlist(request, INDEX, taskTypes.length))).toEqual(new Set(taskTypes));
  });

  it('has each task type once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.nat({ max: 20 }), (request, count) => {
        const list = shortlist(request, INDEX, count);
        expect(new Set(list).size).toBe(list.length);
        expect(list).toHaveLength(Math.min(count, HOUSEHOLD.length));
      }),
    );
  });

  it('is by name where nothing is asked', () => {
    expect(shortlist('', INDEX, 2)).toEqual(['bill.pay', 'email.send']);
  });
});
