import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import type { Literal } from '../literals.js';
import { affinity } from './affinity.js';
import { payloadOf } from './payload.js';
import { type Slot, slotsOf } from './slot.js';

/** A task type that makes of a literal what it stands for, and the parameter the literal goes into. */
export interface Producer {
  readonly entry: CatalogueEntry;
  readonly slot: Slot;
}

function producerOf(entry: CatalogueEntry, literal: Literal): { slot: Slot; fit: number } | null {
  const { all, required } = slotsOf(entry);
  const fits = all.map((slot) => ({ slot, fit: affinity(literal, slot) })).filter(({ fit }) => fit >= 2);
  const best = fits.sort((a, b) => b.fit - a.fit)[0];
  // It has to be enough alone.
  if (best === undefined || !required.some((set) => set.every((name) => name === best.slot.name)))
    return null;
  return payloadOf(entry, {}) === null ? null : best;
}

/**
 * The task type that gets what a file or an address holds: one that needs nothing else and hands something on. The best
 * fit, then the one with the fewest parameters, then by name; null: there is none.
 */
export function findProducer(catalogue: readonly CatalogueEntry[], literal: Literal): Producer | null {
  if (literal.kind !== 'file' && literal.kind !== 'url') return null;
  const found = catalogue
    .flatMap((entry) => {
      const made = producerOf(entry, literal);
      return made === null ? [] : [{ entry, ...made }];
    })
    .sort(
      (a, b) =>
        b.fit - a.fit ||
        slotsOf(a.entry).all.length - slotsOf(b.entry).all.length ||
        (a.entry.name < b.entry.name ? -1 : 1),
    );
  const [best] = found;
  return best === undefined ? null : { entry: best.entry, slot: best.slot };
}
