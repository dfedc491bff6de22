import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '../../../../test/support/household-catalogue.js';
import { actionOf } from './actions.js';
import { CatalogueIndex } from './catalogue-index.js';
import { flowOf } from './flow.js';
import { maskLiterals } from './literals.js';

const { kinds } = new CatalogueIndex([
  catalogueEntry('a', 'A.', { takes: ['image'], gives: ['text'] }),
  catalogueEntry('b', 'B.', { takes: ['video'], gives: ['audio'] }),
]);

describe('flowOf', () => {
  it.each([
    ['extract the text from the photo', ['image'], ['text']],
    ['create a video with the sound', ['audio'], ['video']],
    ['transcribe the speech into text', ['audio'], ['text']],
    ['colour the picture', ['image'], []],
    ['cut a.mp4', ['video'], []],
    ['call Eva', [], []],
  ])('of %j', (request, takes, gives) => {
    const { text, literals } = maskLiterals(request);
    const flow = flowOf(text, actionOf(text), literals, kinds);
    expect([...flow.takes]).toEqual(takes);
    expect([...flow.gives]).toEqual(gives);
  });

  it('is nothing where a catalogue marks no kinds', () => {
    const text = 'extract the text from the photo';
    expect(flowOf(text, actionOf(text), [], new Map())).toEqual({ takes: new Set(), gives: new Set() });
  });
});
