import type { Definition } from '../src/workflows/domain/definition.js';

type Tasks = Definition['tasks'];

/** Layers of equal width; every task below the first layer has two parents in the layer above. */
export function layered(layers: number, width: number, taskType = 'bench.noop', parameters = {}): Definition {
  const tasks: Tasks = Array.from({ length: layers * width }, (_, index) => {
    const column = index % width;
    const above = index - column - width;
    const dependencies = above < 0 ? [] : [`t${above + column}`, `t${above + ((column + 1) % width)}`];
    return { taskId: `t${index}`, taskType, parameters, dependencies };
  });
  return { tasks };
}

/** Each task waits for the one before. */
export const chain = (length: number): Definition => ({
  tasks: Array.from({ length }, (_, index) => ({
    taskId: `t${index}`,
    taskType: 'bench.noop',
    parameters: {},
    dependencies: index === 0 ? [] : [`t${index - 1}`],
  })),
});

/** One question to a person. */
export const approval: Definition = {
  tasks: [
    { taskId: 'ask', taskType: 'human.approval', parameters: { question: 'Go on?' }, dependencies: [] },
  ],
};
