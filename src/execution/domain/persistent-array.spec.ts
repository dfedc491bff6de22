import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PersistentArray } from './persistent-array.js';

const itemsOf = <T>(array: PersistentArray<T>): T[] => [...array.entries()].map(([, item]) => item);

describe('a persistent array', () => {
  it('changes like an array, and what it was stays', () => {
    const change = fc.tuple(fc.nat(199), fc.integer());
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 200 }),
        fc.array(change),
        (items, changes) => {
          const model = items.slice();
          let array = PersistentArray.from(items);
          for (const [at, value] of changes) {
            const index = at % items.length;
            const before = array;
            const old = itemsOf(before);
            model[index] = value;
            array = array.with(index, value);
            expect(itemsOf(before)).toEqual(old);
          }
          expect(itemsOf(array)).toEqual(model);
          expect(array.length).toBe(model.length);
        },
      ),
    );
  });

  it.each([63, 64, 65, 128])('keeps its last item apart from the chunk before, with %d items', (length) => {
    const array = PersistentArray.from(Array.from({ length }, (_, index) => index)).with(length - 1, -1);
    expect([array.get(length - 2), array.get(length - 1)]).toEqual([length - 2, -1]);
  });

  it.each([-1, 3])('has no item %d of three', (index) => {
    expect(() => PersistentArray.from([1, 2, 3]).get(index)).toThrow(RangeError);
  });
});
