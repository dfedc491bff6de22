import { beforeEach, describe, expect, it } from '@jest/globals';
import { idMark, IdPools } from './id-pools.js';

describe('IdPools', () => {
  let pools: IdPools;
  beforeEach(() => {
    pools = new IdPools();
  });
  const resolved = (kind: string, index: number) => pools.resolve(`/x/${idMark(kind, index)}?a=1`);

  it('puts ids in the place of marks, round and round', () => {
    pools.meet('runId', 'two');
    pools.meet('runId', 'one');
    expect([0, 1, 2].map((index) => resolved('runId', index))).toEqual([
      '/x/one?a=1',
      '/x/two?a=1',
      '/x/one?a=1',
    ]);
  });

  it('puts a well-formed id of nothing where none is known', () => {
    expect(resolved('planId', 7)).toBe('/x/01920000-0000-7000-8000-900000000007?a=1');
  });

  it('leaves other text as it is', () => {
    expect(pools.resolve('__proto__ and __x.y__')).toBe('__proto__ and __x.y__');
  });

  it('keeps what was sown however much is met', () => {
    pools.sow('taskId', 'sown');
    for (let index = 0; index < 50; index += 1) pools.meet('taskId', `met-${index}`);
    expect(pools.of('taskId')).toHaveLength(13);
    expect(pools.of('taskId')).toEqual(expect.arrayContaining(['sown', 'met-49']));
  });

  it('knows each id once and forgets what is gone', () => {
    pools.sow('a', 'x');
    pools.meet('a', 'x');
    pools.meet('a', 'y');
    pools.meet('a', 'y');
    expect(pools.of('a')).toEqual(['x', 'y']);
    pools.remove('a', 'x');
    expect(pools.of('a')).toEqual(['y']);
  });
});
