import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '../../../../test/support/household-catalogue.js';
import { CatalogueIndex } from './catalogue-index.js';
import type { Draft } from './drafts.js';
import { linkSteps } from './links.js';

const INDEX = new CatalogueIndex([
  catalogueEntry('draw', 'Draws.', { takes: ['text'], gives: ['image'] }),
  catalogueEntry('frame', 'Frames.', { takes: ['image'], gives: ['image'] }),
  catalogueEntry('plain', 'Plain.'),
  catalogueEntry('say', 'Says.', { takes: ['text'], gives: ['audio'] }),
  catalogueEntry('show', 'Shows.', { takes: ['image', 'audio'], gives: ['video'] }),
]);

interface Given {
  readonly type?: string | null;
  readonly joint?: 'chain' | 'parallel';
  readonly group?: number;
  readonly condition?: readonly [text: string, holds: boolean, step: number | null];
}

function linksOf(...given: readonly Given[]): readonly (readonly number[])[] {
  const drafts: Draft[] = given.map(({ type = 'plain', joint = 'chain', group, condition }, at) => ({
    clause: { text: '', joint, condition: null },
    group: group ?? at,
    type: type === null ? null : INDEX.types.findIndex(({ name }) => name === type),
    ...{ candidates: [], isInserted: false },
    condition:
      condition === undefined ? null : { text: condition[0], holds: condition[1], step: condition[2] },
  }));
  return linkSteps(drafts, INDEX);
}

describe('linkSteps', () => {
  it('chains', () => {
    expect(linksOf({}, { type: null }, {})).toEqual([[], [0], [1]]);
    expect(linksOf()).toEqual([]);
  });

  it('puts what a parallel cue joins side by side, and what follows behind both', () => {
    expect(linksOf({}, {}, { joint: 'parallel' }, {})).toEqual([[], [0], [0], [1, 2]]);
    expect(linksOf({ joint: 'parallel' }, { joint: 'parallel' }, { joint: 'parallel' }, {})).toEqual([
      [],
      [],
      [],
      [0, 1, 2],
    ]);
  });

  it('keeps the steps of one clause in a row', () => {
    expect(linksOf({}, { joint: 'parallel', group: 1 }, { joint: 'parallel', group: 1 }, {})).toEqual([
      [],
      [],
      [1],
      [0, 2],
    ]);
  });

  it('puts both branches behind what decides', () => {
    expect(
      linksOf(
        {},
        { condition: ['dry', true, 0] },
        { condition: ['dry', true, 0] },
        { condition: ['dry', false, 0] },
        {},
      ),
    ).toEqual([[], [0], [1], [0], [2, 3]]);
  });

  it('waits for a decider that stands aside', () => {
    expect(
      linksOf({}, { joint: 'parallel' }, {}, { joint: 'parallel', condition: ['dry', true, 0] }),
    ).toEqual([[], [], [0, 1], [2]]);
  });

  it('joins one condition to the end of another', () => {
    expect(
      linksOf(
        {},
        { condition: ['dry', true, 0] },
        { condition: ['dry', false, 0] },
        { condition: ['late', true, 0] },
      ),
    ).toEqual([[], [0], [0], [1, 2]]);
  });

  it('links by kinds of data where schemas tell them', () => {
    expect(linksOf({ type: 'draw' }, { type: 'say' }, { type: 'show' })).toEqual([[], [0], [0, 1]]);
    expect(linksOf({ type: 'draw' }, { type: 'say' }, { type: 'frame' })).toEqual([[], [0], [0]]);
    expect(linksOf({ type: 'say' }, { type: 'plain' }, { type: 'frame' })).toEqual([[], [0], [1]]);
  });
});
