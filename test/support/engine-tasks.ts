type Json = Record<string, unknown>;

/** A task that ends when its test says so. */
export const gate = (taskId: string, name: string, more: object = {}): Json => ({
  taskId,
  taskType: 'test.gate',
  parameters: { gate: name, ...more },
});

export const after = (taskId: string, ...dependencies: string[]): Json => ({
  taskId,
  taskType: 'test.noop',
  dependencies,
});

export const approval = (taskId: string, more: object = {}): Json => ({
  taskId,
  taskType: 'human.approval',
  parameters: { question: 'Go on?' },
  ...more,
});
