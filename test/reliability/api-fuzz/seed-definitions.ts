const task = (taskId: string, taskType: string, parameters: object, more: object = {}) => ({
  ...{ taskId, taskType, parameters, dependencies: [], retry: { maxAttempts: 1 } },
  ...more,
});

/** Tasks of one workflow each: together, every way for a task to end and to wait, for people last. */
export const SEED_DEFINITIONS: readonly (readonly object[])[] = [
  [task('hello', 'text.render', { template: 'Hello' })],
  [
    task('broken', 'text.render', { template: '{{ nobody }}' }),
    task('else', 'text.render', { template: 'x' }),
  ],
  [
    task('sleep', 'timer.wait', { seconds: 600 }),
    task('after', 'text.render', { template: 'x' }, { dependencies: ['sleep'] }),
  ],
  [
    task(
      'again',
      'ops.step',
      { retryable: true, class: 'transient' },
      { retry: { maxAttempts: 3, initialDelaySeconds: 600, maxDelaySeconds: 600 } },
    ),
  ],
  [task('doubt', 'test.fail', { effect: 'irreversible', happened: 'unknown' })],
  [task('model', 'llm.generate', { prompt: 'Say it.' })],
  [task('learn', 'ops.step', { cure: 'parameters', message: 'The host is slow.' })],
  [task('ask', 'human.approval', { question: 'Go on?' }), task('do', 'human.task', { question: 'Do it.' })],
];
