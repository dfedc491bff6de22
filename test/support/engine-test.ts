import { EngineResources } from '../../src/execution/engine/engine-resources.js';
import { TakeOver } from '../../src/execution/engine/take-over.js';
import { RunWorker } from '../../src/execution/engine/run-worker.js';
import { eventually } from './eventually.js';
import { Calls, ExecutionTypesModule } from './execution-types.module.js';
import { startTestApp, type TestAnswer, type TestApp, type TestAppOptions } from './test-app.js';

type Json = Record<string, unknown>;

export interface EventRow {
  readonly sequence: number;
  readonly type: string;
  readonly task_id: string | null;
  readonly data: Json;
}

const ENDED = ['succeeded', 'failed', 'cancelled'];

/** The application with misbehaving task types, and short words for what tests of the engine do. */
export class EngineTest {
  private constructor(
    readonly test: TestApp,
    readonly agentId: string,
  ) {}

  static async start(options: TestAppOptions = {}): Promise<EngineTest> {
    const { modules = [], ...rest } = options;
    const test = await startTestApp({ ...rest, modules: [ExecutionTypesModule, ...modules] });
    const agent = await test.http('POST', '/api/v1/agents', { name: 'worker', capabilities: ['*'] });
    return new EngineTest(test, agent.body.id as string);
  }

  close(): Promise<void> {
    return this.test.close();
  }

  get calls(): Calls {
    return this.test.app.get(Calls);
  }

  get worker(): RunWorker {
    return this.test.app.get(RunWorker);
  }

  get busySlots(): number {
    return this.test.app.get(EngineResources).slots.busy;
  }

  get query(): TestApp['database']['query'] {
    return this.test.database.query;
  }

  async workflow(tasks: readonly Json[], more: Json = {}): Promise<string> {
    const definition = { tasks: tasks.map((task) => ({ parameters: {}, ...task })), ...more };
    const body = { name: 'w', ownerAgentId: this.agentId, definition };
    const { body: made } = await this.test.http('POST', '/api/v1/workflows', body);
    if (made.definitionVersion !== 1) throw new Error(JSON.stringify(made));
    return made.id as string;
  }

  /** Starts a run of these tasks; answers its id. */
  async start(tasks: readonly Json[], more: Json = {}, input: unknown = null): Promise<string> {
    return this.startWorkflow(await this.workflow(tasks, more), input);
  }

  async startWorkflow(workflowId: string, input: unknown = null): Promise<string> {
    const answer = await this.test.http('POST', `/api/v1/workflows/${workflowId}/runs`, { input });
    if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
    return answer.body.id as string;
  }

  /** The run once it has ended. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into answers of every shape
  async ended(runId: string, withinMs = 10_000): Promise<any> {
    return eventually(
      async () => {
        const { body } = await this.get(`/runs/${runId}`);
        return ENDED.includes(body.status as string) ? body : null;
      },
      { withinMs, what: `The end of run ${runId}` },
    );
  }

  async run(tasks: readonly Json[], more: Json = {}, input: unknown = null): ReturnType<EngineTest['ended']> {
    return this.ended(await this.start(tasks, more, input));
  }

  async status(runId: string, status: string): Promise<void> {
    await eventually(async () => (await this.get(`/runs/${runId}`)).body.status === status, {
      what: `Run ${runId} ${status}`,
    });
  }

  get(path: string): Promise<TestAnswer> {
    return this.test.http('GET', `/api/v1${path}`);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<TestAnswer> {
    return this.test.http('POST', `/api/v1${path}`, body, headers);
  }

  /** Tasks by their slug. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  async tasks(runId: string): Promise<Record<string, any>> {
    const { body } = await this.get(`/runs/${runId}/tasks?limit=200`);
    return Object.fromEntries(body.items.map((task: { taskId: string }) => [task.taskId, task]));
  }

  async statuses(runId: string): Promise<Record<string, string>> {
    const tasks = Object.entries(await this.tasks(runId));
    return Object.fromEntries(tasks.map(([taskId, { status }]) => [taskId, status]));
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  async task(runId: string, taskId: string): Promise<any> {
    return (await this.tasks(runId))[taskId];
  }

  /** The task once it has this status. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  async taskIn(runId: string, taskId: string, status: string): Promise<any> {
    const look = async () => {
      const task = await this.task(runId, taskId);
      return task?.status === status ? task : null;
    };
    return eventually(look, { what: `Task ${taskId} ${status}` });
  }

  /** What a take-over does first: the run belongs to nobody, and whoever had it is fenced. */
  async disown(runId: string): Promise<void> {
    await this.query('update runs set epoch = epoch + 1, owner_id = null, job_id = null where id = $1', [
      runId,
    ]);
  }

  sweep(): Promise<void> {
    return this.test.app.get(TakeOver).sweep();
  }

  /** The next owner of a run: the one it has lets go of it. */
  async takeOver(runId: string): Promise<void> {
    await this.disown(runId);
    await this.query('update runs set wake_at = now() where id = $1', [runId]);
    await this.sweep();
  }

  events(runId: string): Promise<EventRow[]> {
    return this.query<EventRow & Json>(
      'select sequence, type, task_id, data from run_events where run_id = $1 order by sequence',
      [runId],
    );
  }

  async eventTypes(runId: string): Promise<string[]> {
    return (await this.events(runId)).map(({ type, task_id }) =>
      task_id === null ? type : `${type} ${task_id}`,
    );
  }

  /** Waits until a task of the run waits for a person, parked; answers the task's id. */
  async asked(runId: string): Promise<string> {
    return eventually(async () => {
      const rows = await this.query<{ id: string }>(
        `select t.id from tasks t join runs r on r.id = t.run_id
         where t.run_id = $1 and t.waiting_for = 'person' and r.status = 'waiting'`,
        [runId],
      );
      return rows[0]?.id;
    });
  }
}
