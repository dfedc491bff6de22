import { describe, expect, it } from '@jest/globals';
import { tasksOf } from '../../../test/factories/definition.factory.js';
import { aRunState, aStoredTask, type StoredTask } from '../../../test/factories/run.factory.js';
import { nextMove, nextWakeAt } from './next-move.js';

const NOW = 1_000_000;
const stateOf = (tasks: readonly Partial<StoredTask>[], deadlineAt: number | null = null) =>
  aRunState(tasksOf(Object.fromEntries(tasks.map((_, index) => [`t${index}`, []]))), {
    tasks: tasks.map((task) => aStoredTask(task)),
    deadlineAt,
  });
const timer = (wakeAt: number): Partial<StoredTask> => ({ status: 'waiting', waitingFor: 'timer', wakeAt });
const person: Partial<StoredTask> = { status: 'waiting', waitingFor: 'person' };

describe('the next move of a run', () => {
  it.each([
    ['something is ready', [timer(NOW + 60_000), { status: 'ready' }], { kind: 'work' }],
    ['something runs', [person, { status: 'running' }], { kind: 'work' }],
    ['a timer is near', [timer(NOW + 10_000), person], { kind: 'hold', wakeAt: NOW + 10_000 }],
    ['a timer is far', [timer(NOW + 10_001), person], { kind: 'park', wakeAt: NOW + 10_001 }],
    ['only people are waited for', [person, person], { kind: 'park', wakeAt: null }],
    ['a timer is overdue', [timer(NOW - 5)], { kind: 'hold', wakeAt: NOW - 5 }],
  ] as [string, Partial<StoredTask>[], object][])('when %s', (_name, tasks, move) => {
    expect(nextMove(stateOf(tasks), NOW)).toEqual(move);
  });

  it('wakes a parked run at its time limit', () => {
    expect(nextMove(stateOf([person], NOW + 60_000), NOW)).toEqual({ kind: 'park', wakeAt: NOW + 60_000 });
    expect(nextMove(stateOf([timer(NOW + 90_000)], NOW + 3_000), NOW)).toEqual({
      kind: 'hold',
      wakeAt: NOW + 3_000,
    });
  });

  it('knows the earliest time of many', () => {
    expect(nextWakeAt(stateOf([timer(NOW + 3), timer(NOW + 1), timer(NOW + 2), person]))).toBe(NOW + 1);
    expect(nextWakeAt(stateOf([person]))).toBeNull();
  });

  it('is to let go of a run that has ended', () => {
    const end = { status: 'cancelled', reason: null, output: null } as const;
    expect(nextMove({ ...stateOf([{ status: 'ready' }]), end }, NOW)).toEqual({ kind: 'release' });
  });
});
