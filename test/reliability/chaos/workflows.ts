import type { Client } from './client.js';

type Task = Readonly<Record<string, unknown>>;

const sleep = (taskId: string, ms: number, dependencies: readonly string[] = []): Task => ({
  taskId,
  taskType: 'test.sleep',
  parameters: { ms },
  dependencies,
});
const pay = (taskId: string, effect: string, more: object = {}): Task => ({
  taskId,
  taskType: 'ledger.pay',
  parameters: { effect },
  retry: { maxAttempts: 20, initialDelaySeconds: 0.1, maxDelaySeconds: 0.5 },
  ...more,
});
const wait = (taskId: string, seconds: number, dependencies: readonly string[] = []): Task => ({
  taskId,
  taskType: 'timer.wait',
  parameters: { seconds },
  dependencies,
});
const ask = (taskId: string, dependencies: readonly string[] = []): Task => ({
  taskId,
  taskType: 'human.task',
  parameters: { question: 'How many?' },
  dependencies,
});
const approve = (taskId: string, dependencies: readonly string[] = []): Task => ({
  taskId,
  taskType: 'human.approval',
  parameters: { question: 'May it?' },
  dependencies,
});
const failing = (taskId: string, times: number, more: object = {}): Task => ({
  taskId,
  taskType: 'test.fail',
  parameters: { times },
  retry: { maxAttempts: 3, initialDelaySeconds: 0.1, maxDelaySeconds: 0.3 },
  ...more,
});
const large = (taskId: string): Task => ({ taskId, taskType: 'test.large', parameters: { length: 50_000 } });
const child = (taskId: string, workflowId: string): Task => ({
  taskId,
  taskType: 'workflow.run',
  parameters: { workflowId, input: {} },
});

/** What is done to a run of a workflow while it goes on. */
export type Treatment = 'none' | 'pause' | 'cancel' | 'spawn';

export interface LoadedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly treatment: Treatment;
}

interface Plan {
  /** Sleeps for longer than a short form of the harness may take. */
  readonly isLong?: boolean;
  readonly weight: number;
  readonly treatment?: Treatment;
  readonly tasks: readonly Task[];
}

const dag: readonly Task[] = [
  sleep('a', 40),
  sleep('b', 80, ['a']),
  sleep('c', 20, ['a']),
  sleep('d', 120, ['b', 'c']),
  { taskId: 'e', taskType: 'test.noop', dependencies: ['d'] },
];

const plans = (childOf: readonly string[]): Readonly<Record<string, Plan>> => ({
  graph: { weight: 5, tasks: [...dag, failing('flaky', 1, { dependencies: ['a'] }), large('large')] },
  failure: { weight: 1, tasks: [sleep('a', 50), failing('fails', 9), sleep('slow', 400)] },
  undone: {
    weight: 1,
    tasks: [
      pay('book', 'idempotent', {
        compensation: { taskType: 'ledger.pay', parameters: { effect: 'idempotent' } },
      }),
      failing('fails', 9, { dependencies: ['book'] }),
    ],
  },
  people: {
    weight: 3,
    tasks: [approve('may'), ask('many'), ask('more', ['many']), sleep('then', 30, ['may'])],
  },
  timers: { weight: 1, tasks: [wait('short', 1.5), sleep('then', 30, ['short'])] },
  sleepers: { weight: 1, isLong: true, tasks: [wait('long', 11), sleep('then', 30, ['long'])] },
  // Held for longer than a job is.
  held: { weight: 1, tasks: [wait('first', 4), wait('second', 4, ['first'])] },
  effects: {
    weight: 4,
    tasks: [
      pay('once', 'irreversible'),
      pay('again', 'idempotent'),
      pay('more', 'idempotent', { dependencies: ['again'] }),
      pay('last', 'irreversible', { dependencies: ['more'], optional: true }),
    ],
  },
  ...Object.fromEntries(
    childOf.map((id, index) => [
      `parent-${index}`,
      { weight: 2, tasks: [child('run', id), sleep('beside', 60)] },
    ]),
  ),
  paused: { weight: 1, treatment: 'pause', tasks: [...dag, sleep('f', 900), pay('paid', 'idempotent')] },
  cancelled: {
    weight: 2,
    treatment: 'cancel',
    tasks: [sleep('a', 800), pay('once', 'irreversible'), ask('never')],
  },
  ...(childOf[0] === undefined
    ? {}
    : { orphans: { weight: 1, treatment: 'cancel', tasks: [child('run', childOf[0]), wait('long', 11)] } }),
  spawning: { weight: 2, treatment: 'spawn', tasks: [sleep('parent', 900), sleep('after', 20, ['parent'])] },
});

/** Makes the workflows of the load through the API, those that sleep for long only when asked to. */
export async function makeWorkflows(client: Client, hasLong: boolean): Promise<LoadedWorkflow[]> {
  const agent = await client.made('/agents', { name: 'worker', capabilities: ['*'] });
  const make = async (
    name: string,
    tasks: readonly Task[],
    ownerAgentId = agent.id as string,
  ): Promise<string> => {
    const definition = { tasks: tasks.map((task) => ({ parameters: {}, ...task })), timeoutSeconds: 600 };
    return (await client.made('/workflows', { name, ownerAgentId, definition })).id as string;
  };
  const children = [
    await make('child', dag),
    await make('asking child', [ask('many'), sleep('then', 30, ['many'])]),
  ];
  const made: LoadedWorkflow[] = [];
  const limited = await client.made('/agents', {
    name: 'limited',
    capabilities: ['*'],
    maxConcurrentTasks: 2,
  });
  const agentId = limited.id as string;
  const tasks = [1, 2, 3, 4].map((index) => ({ ...sleep(`limited-${index}`, 150), agentId }));
  made.push({ id: await make('limited', tasks, agentId), name: 'limited', weight: 3, treatment: 'none' });
  for (const [name, { weight, treatment = 'none', tasks, isLong = false }] of Object.entries(plans(children)))
    if (hasLong || !isLong) made.push({ id: await make(name, tasks), name, weight, treatment });
  return made;
}

const LEVELS = ['adaptive', 'intelligent', 'autonomous'];

/** Of agents that models may help: their tasks fail in ways that rules do not know, and choose. */
export async function makeHelpedWorkflows(client: Client): Promise<LoadedWorkflow[]> {
  const made: LoadedWorkflow[] = [];
  for (const intelligenceLevel of LEVELS)
    for (const executionMode of ['strict', 'adaptive', 'creative']) {
      const name = `helped ${intelligenceLevel} ${executionMode}`;
      const agent = await client.made('/agents', {
        name,
        capabilities: ['*'],
        intelligenceLevel,
        executionMode,
      });
      const definition = { tasks: helped(made.length), timeoutSeconds: 600 };
      const body = { name, ownerAgentId: agent.id as string, definition };
      const { id } = await client.made('/workflows', body);
      made.push({ id: id as string, name, weight: 2, treatment: 'none' });
    }
  return made;
}

/** Letters make another kind of failure, so that each workflow learns for itself. */
const helped = (index: number): readonly Task[] => {
  const step = (taskId: string, cure: string, more: object = {}): Task => ({
    ...{ taskId, taskType: 'ops.step', dependencies: [], retry: { maxAttempts: 1 } },
    parameters: { message: `Odd ${String.fromCharCode(97 + index).repeat(3)} ${taskId}`, cure },
    ...more,
  });
  return [
    step('time', 'time'),
    step('parameters', 'parameters'),
    step('optional', 'nothing', { optional: true, dependencies: ['time'] }),
    {
      ...{ taskId: 'choose', taskType: 'decision.choose', dependencies: ['time'] },
      parameters: {
        options: ['a', 'b', 'c'],
        criteria: [{ name: 'speed', weight: 1, direction: 'maximize' }],
      },
    },
    pay('paid', 'idempotent', { dependencies: ['choose', 'parameters'] }),
  ];
};

/** Runs of short tasks, for every process to take some. */
export async function makeQuickWorkflow(client: Client): Promise<string> {
  const agent = await client.made('/agents', { name: 'quick', capabilities: ['*'] });
  const definition = { tasks: [sleep('a', 300)] };
  return (await client.made('/workflows', { name: 'quick', ownerAgentId: agent.id as string, definition }))
    .id as string;
}
