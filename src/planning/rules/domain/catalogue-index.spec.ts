import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '../../../../test/support/household-catalogue.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { CatalogueIndex, type DocumentExtensions } from './catalogue-index.js';
import { sketchPlan } from './sketch-plan.js';

const first = (request: string, entries: readonly CatalogueEntry[], extensions?: DocumentExtensions) =>
  sketchPlan(request, new CatalogueIndex(entries, { extensions })).steps[0]?.taskType;

const OVEN = catalogueEntry('oven.heat', 'Heats the oven.');

describe('a catalogue is searched by', () => {
  it('synonyms of its words', () => {
    expect(first('purchase a phone', [OVEN, catalogueEntry('item.buy', 'Buys something.')])).toBe('item.buy');
  });

  it('what its parameters are described as', () => {
    const entry = catalogueEntry('a.b', 'Does it.', { parameters: { x: 'Colour of fence or gate' } });
    expect(first('do the fence and the gate in another colour', [OVEN, entry])).toBe('a.b');
  });

  it('words people use for a task type', () => {
    expect(first('bake a cake', [OVEN, catalogueEntry('b', 'B.', { synonyms: ['bake'] })])).toBe('b');
  });

  it('what approved plans taught', () => {
    const entries = [OVEN, catalogueEntry('timer.start', 'Starts a timer.')];
    expect(first('do the pizza', entries)).toBeNull();
    expect(first('do the pizza', entries, new Map([['oven.heat', new Map([['pizza', 1]])]]))).toBe(
      'oven.heat',
    );
  });

  it('words, not by a literal alone', () => {
    expect(first('mow plan.csv', [OVEN, catalogueEntry('file.read', 'Reads a file.')])).toBeNull();
  });

  it('the kinds of literals', () => {
    const entries = [catalogueEntry('page.get', 'Gets an URL.'), catalogueEntry('talk.get', 'Gets a talk.')];
    expect(first('get https://example.com/x', entries)).toBe('page.get');
  });
});

describe('two task types that share words', () => {
  const REMINDERS = [
    catalogueEntry('reminder.delete', 'Deletes a reminder.'),
    catalogueEntry('reminder.set', 'Sets a reminder.'),
  ];

  it('are told apart by their action', () => {
    expect(first('drop the reminder', REMINDERS)).toBe('reminder.delete');
    expect(first('set up a reminder', REMINDERS)).toBe('reminder.set');
  });

  it('leave out an action nobody asked for', () => {
    expect(first('remind me', REMINDERS)).toBe('reminder.set');
  });
});
