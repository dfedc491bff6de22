import { describe, expect, it } from '@jest/globals';
import { taskIdsOf, toDefinition } from '../../../examples/trace-analysis/trace.ts';

describe('A trace as a workflow', () => {
  it('waits where the original worked, scaled', () => {
    const tasks = [
      { id: 'Prepare_01', program: 'prepare', runtimeSeconds: 20, parents: [] },
      { id: 'Run_01', runtimeSeconds: 300, parents: ['Prepare_01'] },
    ];
    expect(toDefinition({ name: 'two', tasks }, 0.01).tasks).toEqual([
      {
        taskId: 'prepare-01',
        taskType: 'timer.wait',
        description: 'prepare',
        parameters: { seconds: 0.2 },
        dependencies: [],
        estimatedDurationSeconds: 0.2,
      },
      {
        taskId: 'run-01',
        taskType: 'timer.wait',
        parameters: { seconds: 3 },
        dependencies: ['prepare-01'],
        estimatedDurationSeconds: 3,
      },
    ]);
  });

  it('tells ids apart that look alike as slugs', () => {
    expect([...taskIdsOf(['a_1', 'A 1', 'a-1-2', '__', `${'x'.repeat(200)}`]).values()]).toEqual([
      'a-1',
      'a-1-2',
      'a-1-2-2',
      'task',
      'x'.repeat(120),
    ]);
  });
});
