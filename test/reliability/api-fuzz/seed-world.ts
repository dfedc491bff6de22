import type { IdPools } from './id-pools.js';
import { DEAD_HOST } from './known-values.js';
import { SEED_DEFINITIONS } from './seed-definitions.js';
import type { Sender } from './sender.js';

const JSON_TYPE = [['Content-Type', 'application/json']] as const;

interface Made {
  readonly id: string;
  readonly items?: readonly { readonly id: string }[];
}

interface Started {
  readonly workflowId: string;
  readonly runId: string;
  readonly taskIds: readonly string[];
}

/** Makes a few of everything, so that requests find something that is still there and in a state that allows things. */
export class SeedWorld {
  constructor(
    private readonly sender: Sender,
    private readonly pools: IdPools,
  ) {}

  async sow(): Promise<void> {
    const level = { intelligenceLevel: 'autonomous', executionMode: 'creative' };
    const agentId = await this.make('agentId', '/agents', { name: 'sown', capabilities: ['*'], ...level });
    for (const name of ['one', 'two', 'three', 'four'])
      await this.make('agentId', `/agents/${agentId}/children`, { name, capabilities: ['*'] });
    const runs = await Promise.all(SEED_DEFINITIONS.map((tasks) => this.start(agentId, tasks)));
    // One after the other, so that the same seed finds the same.
    for (const run of runs) this.keep(run);
    // What sleeps can be resumed then.
    await this.ask('POST', `/runs/${runs[2]?.runId}/pause`);
    const workflowIds = runs.map((run) => run.workflowId);
    for (const workflowId of workflowIds.slice(0, 2)) await this.sowAround(workflowId);
    const options = {
      agentId,
      options: ['a', 'b'],
      criteria: [{ name: 'c', weight: 1, direction: 'maximize' }],
    };
    await this.make('decisionId', '/inference/decisions', options);
    const { items: calls = [] } = await this.ask('GET', '/llm/interactions?limit=3');
    for (const { id } of calls) this.pools.sow('interactionId', id);
    await this.make('webhookId', '/webhooks', { url: `http://${DEAD_HOST}/hook` });
    for (const scope of ['total', `agent:${agentId}`]) this.pools.sow('scope', scope);
  }

  private async start(ownerAgentId: string, tasks: readonly object[]): Promise<Started> {
    const body = { name: 'sown', ownerAgentId, definition: { tasks } };
    const { id: workflowId } = await this.ask('POST', '/workflows', body);
    const { id: runId } = await this.ask('POST', `/workflows/${workflowId}/runs?wait=0.3`, {
      input: { a: [1] },
    });
    const { items = [] } = await this.ask('GET', `/runs/${runId}/tasks`);
    return { workflowId, runId, taskIds: items.map(({ id }) => id) };
  }

  private keep({ workflowId, runId, taskIds }: Started): void {
    this.pools.sow('workflowId', workflowId);
    this.pools.sow('runId', runId);
    this.pools.sow('scope', `run:${runId}`);
    for (const taskId of taskIds) this.pools.sow('taskId', taskId);
  }

  /** A plan that is decided on and ran well, and one that is not, and a time to run at. */
  private async sowAround(workflowId: string): Promise<void> {
    const { id } = await this.ask('POST', `/workflows/${workflowId}/plan`, { request: 'Zorble gizmo.json' });
    const definition = { tasks: SEED_DEFINITIONS[0] };
    const edit = { definition, basedOn: id };
    const planId = await this.make('planId', `/workflows/${workflowId}/plans`, edit);
    await this.ask('POST', `/plans/${planId}/approve`);
    await this.ask('POST', `/workflows/${workflowId}/runs?wait=1`);
    await this.make('planId', `/workflows/${workflowId}/plans`, { definition });
    await this.make('scheduleId', `/workflows/${workflowId}/schedules`, { cron: '0 0 1 1 *' });
    this.pools.sow('scope', `workflow:${workflowId}`);
  }

  private async make(kind: string, path: string, body: object): Promise<string> {
    const { id } = await this.ask('POST', path, body);
    this.pools.sow(kind, id);
    return id;
  }

  private async ask(method: string, path: string, body?: object): Promise<Made> {
    const sent = { headers: body === undefined ? [] : JSON_TYPE, body: JSON.stringify(body) ?? null };
    const { status, text } = await this.sender.send({ method, target: `/api/v1${path}`, ...sent });
    if (status >= 300) throw new Error(`${method} ${path} is answered ${status}: ${text}`);
    return JSON.parse(text) as Made;
  }
}
