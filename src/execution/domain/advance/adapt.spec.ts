import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { asked, Drive, refused } from '../../../../test/support/run-drive.js';
import { newId } from '../../../common/ids.js';
import type { TaskDefinition } from '../../../workflows/domain/definition.js';
import type { RunPatch } from '../../../workflows/domain/run-patch.js';
import { restoreRun } from '../restore-run.js';
import { currentDefinition } from '../task-plan.js';

/** a → b → d, a → c → d; a runs. */
const DIAMOND = tasksOf({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] });
const running = (tasks: readonly TaskDefinition[] = DIAMOND): Drive => Drive.of(tasks).claim().start();
const NOTHING: RunPatch = { changed: [], reassigned: [], added: [], removed: [] };
const adapt = (drive: Drive, patch: Partial<RunPatch>): Drive =>
  drive.feed({
    kind: 'signal',
    signal: { kind: 'adapt', by: 'ada', planId: 'p', patch: { ...NOTHING, ...patch } },
  });
const added = (definition: TaskDefinition) => ({ id: newId(), agentId: 'agent', definition });
const why = (drive: Drive) => drive.last?.events.at(-1)?.data['reason'];

describe('a change of the part of a run that has not begun', () => {
  it('changes a task: parameters, order, priority, agent', () => {
    const task = aTask({ taskId: 'd', dependencies: ['b'], priority: 9, parameters: { x: 1 } });
    const drive = adapt(running(), {
      changed: [task],
      reassigned: [{ taskId: 'd', agentId: 'other' }],
    });
    expect(drive.last?.events).toMatchObject([
      { type: 'plan.adapted', data: { planId: 'p', by: 'ada', changed: ['d'], added: [], removed: [] } },
      { type: 'task.delegated' },
    ]);
    expect(drive.last?.redefinedTasks).toEqual([3]);
    expect(drive.last?.reassignedTasks).toEqual([3]);
    expect(drive.state.plan[3]).toMatchObject({ dependencies: [1], priority: 9, own: task });
    expect(drive.task(3)).toMatchObject({ agentId: 'other', openDependencies: 1 });
    expect(drive.succeed().run(1).statuses).toBe('succeeded succeeded ready ready');
  });

  it('adds tasks, between others and at the end', () => {
    const between = aTask({ taskId: 'x', dependencies: ['b'] });
    const drive = adapt(running(), {
      added: [added(between), added(aTask({ taskId: 'y' }))],
      changed: [aTask({ taskId: 'd', dependencies: ['x', 'c'] })],
    });
    expect(drive.statuses).toBe('running pending pending pending pending ready');
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 5 }]);
    expect(drive.last?.addedTasks).toEqual([4, 5]);
    drive.succeed().run(1).run(2);
    expect(drive.statuses).toBe('succeeded succeeded succeeded pending ready ready');
    drive.run(4);
    expect(drive.task(3).status).toBe('ready');
    drive.run(5).run(3);
    expect(drive.commands).toEqual([{ kind: 'resolveOutput' }]);
  });

  it('leaves tasks out: their successors go on without them', () => {
    const drive = adapt(running().succeed(), { removed: ['d'] });
    expect(drive.statuses).toBe('succeeded ready ready skipped');
    const other = adapt(
      Drive.of(tasksOf({ a: [], b: [], c: ['b'], d: ['c'] }))
        .claim()
        .start(0)
        .start(1),
      {
        removed: ['c'],
      },
    );
    expect(other.statuses).toBe('running running skipped ready');
  });

  it('gives a task to another agent, also one that is ready and waits for its own', () => {
    const drive = running().succeed();
    drive.feed({ kind: 'permitAsked', task: 1 });
    drive.feed({ kind: 'permitAnswered', task: 1, isGranted: false, isNew: true });
    adapt(drive, { reassigned: [{ taskId: 'b', agentId: 'other' }] });
    expect(drive.last?.events.map(({ type }) => type)).toEqual(['plan.adapted', 'task.delegated']);
    expect([drive.task(1).agentId, drive.last?.freedPermits]).toEqual(['other', [1]]);
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 1 }]);
    const late = adapt(running(), { reassigned: [{ taskId: 'a', agentId: 'other' }] });
    expect(why(late)).toBe('task a is running');
  });

  it('starts at once what waits for nothing any more', () => {
    const drive = adapt(running(), { changed: [aTask({ taskId: 'd', dependencies: [] })] });
    expect(drive.statuses).toBe('running pending pending ready');
  });

  it('outlives its owner', () => {
    const patch = {
      changed: [aTask({ taskId: 'd', dependencies: ['x'] })],
      added: [added(aTask({ taskId: 'x', dependencies: ['c'] }))],
      removed: ['b'],
    };
    const drive = adapt(running(), patch);
    const rows = drive.state.plan.map(({ id, own }, index) => {
      const { openDependencies: _open, openChildren: _children, ...row } = drive.task(index);
      return { ...row, id, own, parentTaskId: null };
    });
    const stored = { runId: 'r', definition: { tasks: DIAMOND }, eventCount: 9, deadlineAt: null };
    const next = restoreRun({ ...stored, previousStatus: 'running', reason: null, tasks: rows });
    expect(next.plan.map(({ dependencies }) => dependencies)).toEqual(
      drive.state.plan.map(({ dependencies }) => dependencies),
    );
    expect(next.plan.map(({ successors }) => [...successors].sort())).toEqual(
      drive.state.plan.map(({ successors }) => [...successors].sort()),
    );
    expect(currentDefinition({ tasks: DIAMOND }, next, 3).dependencies).toEqual(['x']);
    expect(next.tasks.get(3).openDependencies).toBe(1);
  });

  it.each<[string, Partial<RunPatch>, string]>([
    ['a task that runs', { changed: [aTask({ taskId: 'a' })] }, 'task a is running'],
    ['a task that is not there', { removed: ['z'] }, 'there is no task z'],
    ['a task twice', { removed: ['b'], changed: [aTask({ taskId: 'b' })] }, 'it changes a task twice'],
    ['a task that is there already', { added: [added(aTask({ taskId: 'b' }))] }, 'there is a task b already'],
    [
      'a task that would wait for nobody',
      { added: [added(aTask({ taskId: 'x', dependencies: ['z'] }))] },
      'task x would wait for z, which is not there',
    ],
    [
      'tasks in a circle',
      { changed: [aTask({ taskId: 'b', dependencies: ['d'] })] },
      'tasks would wait for each other',
    ],
    [
      'a task that waits for itself',
      { added: [added(aTask({ taskId: 'x', dependencies: ['x'] }))] },
      'task x would wait for itself',
    ],
  ])('is refused as a whole for %s', (_, patch, reason) => {
    const drive = running();
    const before = drive.statuses;
    adapt(drive, { removed: ['c'], ...patch });
    expect(refused(drive)).toBe(true);
    expect(why(drive)).toBe(reason);
    expect(drive.statuses).toBe(before);
    expect(drive.last?.changedTasks).toEqual([]);
  });

  it('comes too late when a task of it has begun, or the run fails', () => {
    const drive = running().succeed();
    expect(why(adapt(drive, { removed: ['b'] }))).toBe('task b is ready');
    const completing = Drive.of([aTask({ taskId: 'a' })])
      .claim()
      .run();
    expect(why(adapt(completing, { added: [added(aTask({ taskId: 'x' }))] }))).toBe(
      'all its tasks have ended',
    );
    const failing = Drive.of(DIAMOND).claim().start().feed(asked('cancelTask'));
    expect(failing.state.end?.status).toBe('failed');
  });
});
