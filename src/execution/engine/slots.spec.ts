import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Slots } from './slots.js';

function taken(slots: Slots, priorities: readonly number[]): number[] {
  const order: number[] = [];
  priorities.forEach((priority, index) => slots.request(priority, () => order.push(index)));
  return order;
}

describe('slots', () => {
  it('go to the highest priority first, to equals in the order they came', () => {
    const slots = new Slots(1);
    slots.request(0, () => undefined);
    const order = taken(slots, [0, 9, 5, 9, 0, 5]);
    expect(order).toEqual([]);
    for (let index = 0; index < 6; index += 1) slots.release();
    expect(order).toEqual([1, 3, 2, 5, 0, 4]);
  });

  it('are never more than there are, and none is lost', () => {
    const action = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant('release'), fc.constant('pause'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(action, { maxLength: 200 }), (size, actions) => {
        const slots = new Slots(size);
        const waiting: { priority: number; order: number }[] = [];
        let running = 0;
        let paused = false;
        actions.forEach((what, order) => {
          if (what === 'pause') slots.pause((paused = !paused));
          else if (what === 'release') {
            if (running === 0) return;
            running -= 1;
            slots.release();
          } else {
            const request = { priority: what as number, order };
            waiting.push(request);
            slots.request(request.priority, () => {
              expect(paused).toBe(false);
              running += 1;
              const [best] = waiting.toSorted((a, b) => b.priority - a.priority || a.order - b.order);
              expect(request).toEqual(best);
              waiting.splice(waiting.indexOf(request), 1);
            });
          }
          expect(running).toBeLessThanOrEqual(size);
          expect(slots.busy).toBe(running);
          if (!paused && running < size) expect(waiting).toEqual([]);
        });
      }),
    );
  });

  it('may be asked for and given back inside a start', () => {
    const slots = new Slots(1);
    const order: string[] = [];
    slots.request(0, () => {
      order.push('a');
      slots.request(0, () => order.push('b'));
      slots.release();
      order.push('a ends');
    });
    expect(order).toEqual(['a', 'b', 'a ends']);
    expect(slots.busy).toBe(1);
  });
});
