import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PersistentArray } from './persistent-array.js';

const itemsOf = <T>(array: PersistentArray<T>): T[] => [...array.entries()].map(([, item]) => item);
const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index);

const change = fc.oneof(
  fc.record({ at: fc.nat(199), value: fc.integer() }),
  fc.record({ at: fc.constant(null), value: fc.integer() }),
);

describe('a persistent array', () => {
  it('becomes by its drafts what an array would become, and what it was stays', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 200 }), fc.array(fc.array(change)), (items, drafts) => {
        const model = items.slice();
        let array = PersistentArray.from(items);
        for (const changes of drafts) {
          const before = array;
          const old = itemsOf(before);
          const draft = before.draft();
          for (const { at, value } of changes) {
            if (at === null || model.length === 0) {
              model.push(value);
              draft.push(value);
            } else {
              model[at % model.length] = value;
              draft.set(at % model.length, value);
            }
            expect(draft.length).toBe(model.length);
          }
          expect(itemsOf(draft)).toEqual(model);
          array = draft.finish();
          expect(itemsOf(before)).toEqual(old);
        }
        expect(itemsOf(array)).toEqual(model);
        expect(array.length).toBe(model.length);
      }),
    );
  });

  it.each([63, 64, 65, 128])('keeps its last item apart from the chunk before, with %d items', (length) => {
    const draft = PersistentArray.from(upTo(length)).draft();
    draft.set(length - 1, -1);
    draft.push(-2);
    expect(itemsOf(draft.finish())).toEqual([...upTo(length - 1), -1, -2]);
  });

  it.each([-1, 3])('has no item %d of three', (index) => {
    const array = PersistentArray.from([1, 2, 3]);
    expect(() => array.get(index)).toThrow(RangeError);
    expect(() => array.draft().set(index, 0)).toThrow(RangeError);
  });
});
