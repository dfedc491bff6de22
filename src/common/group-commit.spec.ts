import { describe, expect, it } from '@jest/globals';
import { GroupCommit } from './group-commit.js';

/** Flushes when told to. */
function held(maxItems = 100) {
  const batches: string[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const commit = new GroupCommit<string, string>(async (items) => {
    batches.push([...items]);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    return items.map((item) => item.toUpperCase());
  }, maxItems);
  return { batches, gates, commit };
}
const turn = () => new Promise(setImmediate);

describe('GroupCommit', () => {
  it('makes one batch of what comes while another is under way, in its order', async () => {
    const { batches, gates, commit } = held();
    const first = [commit.add('a'), commit.add('b')];
    await turn();
    const second = [commit.add('c'), commit.add('d')];
    await turn();
    expect(batches).toEqual([['a', 'b']]);
    gates[0]?.resolve();
    expect(await Promise.all(first)).toEqual(['A', 'B']);
    await turn();
    gates[1]?.resolve();
    expect(await Promise.all(second)).toEqual(['C', 'D']);
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('goes on after a batch that failed', async () => {
    const { gates, commit } = held();
    const failing = commit.add('a');
    await turn();
    const next = commit.add('b');
    gates[0]?.reject(new Error('away'));
    await expect(failing).rejects.toThrow('away');
    await turn();
    gates[1]?.resolve();
    expect(await next).toBe('B');
  });

  it('keeps batches below their limit and is idle in the end', async () => {
    const { batches, gates, commit } = held(2);
    const all = Promise.all(['a', 'b', 'c'].map((item) => commit.add(item)));
    await turn();
    gates[0]?.resolve();
    await turn();
    gates[1]?.resolve();
    expect(await all).toEqual(['A', 'B', 'C']);
    expect(batches.map(({ length }) => length)).toEqual([2, 1]);
    await commit.idle();
  });
});
