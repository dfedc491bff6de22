import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentEntity } from '../../../src/agents/adapters/agent.entity.js';
import { PostgresAgentsStore } from '../../../src/agents/adapters/postgres-agents.store.js';
import { AgentChangesService } from '../../../src/agents/agent-changes.service.js';
import { createChildAgentSchema } from '../../../src/agents/agents.schemas.js';
import type { Agent } from '../../../src/agents/domain/agent.js';
import { FixedPorts } from '../../doubles/fixed-ports.js';
import { ManualClock } from '../../doubles/manual-clock.js';
import { anAgent } from '../../factories/agent.factory.js';
import { testConfig } from '../../support/test-app.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';
import { hold, untilBlocked } from '../../support/until-blocked.js';

const newChild = createChildAgentSchema.parse({ name: 'child' });

describe('agents changed at the same moment', () => {
  let orm: TestOrm;
  let store: PostgresAgentsStore;
  let changes: AgentChangesService;
  let [a, b, c]: Agent[] = [];
  const inTransaction = <T>(work: () => Promise<T>) =>
    hold((body: () => Promise<void>) => orm.work.transactional(body), work);
  const move = (agent: Agent | undefined, parent: Agent | undefined) =>
    changes.patch(agent!.id, { parentAgentId: parent!.id }, undefined);

  beforeAll(async () => {
    orm = await openTestOrm([AgentEntity]);
    store = new PostgresAgentsStore(orm.work);
    changes = new AgentChangesService(store, orm.work, new FixedPorts(), new ManualClock(), testConfig(''));
  });
  beforeEach(async () => {
    [a, b, c] = [anAgent({ name: 'a' }), anAgent({ name: 'b' }), anAgent({ name: 'c' })];
    for (const agent of [a, b, c]) await store.insert(agent!);
  });
  afterAll(() => orm.close());

  it('cannot close a cycle of two', async () => {
    const first = inTransaction(() => move(a, b));
    await first.done;
    const refused = expect(move(b, a)).rejects.toMatchObject({ code: 'hierarchy_cycle' });
    await untilBlocked(orm.database);
    await first.release();
    await refused;
    expect((await store.find(b!.id))?.parentAgentId).toBeNull();
  });

  it('cannot close a cycle of three', async () => {
    const outcomes = await Promise.allSettled([move(a, b), move(b, c), move(c, a)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const paths = await Promise.all([a, b, c].map((agent) => store.pathToRoot(agent!.id)));
    expect(paths.map((path) => path.length).sort()).toEqual([1, 2, 3]);
  });

  it('never end in a deadlock, however moves and changes mix', async () => {
    const rounds = Array.from({ length: 15 }, () => [
      move(a, b),
      move(b, a),
      changes.patch(a!.id, { parentAgentId: null }, undefined),
      changes.patch(b!.id, { name: 'renamed' }, undefined),
      changes.createChild(a!.id, newChild),
    ]);
    const outcomes = await Promise.allSettled<unknown>(rounds.flat());
    const errors = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as { code?: string }).code] : [],
    );
    expect(errors.filter((code) => code !== 'hierarchy_cycle')).toEqual([]);
  });

  it('do not lose the change of another', async () => {
    const first = inTransaction(() => changes.patch(a!.id, { name: 'renamed' }, undefined));
    await first.done;
    const second = changes.patch(a!.id, { status: 'paused' }, undefined);
    await untilBlocked(orm.database);
    await first.release();
    await second;
    expect(await store.find(a!.id)).toMatchObject({ name: 'renamed', status: 'paused' });
  });

  it('keep an agent that gets a child while it is deleted', async () => {
    const first = inTransaction(() => changes.createChild(a!.id, newChild));
    await first.done;
    const refused = expect(changes.remove(a!.id, undefined)).rejects.toMatchObject({ code: 'agent_in_use' });
    await untilBlocked(orm.database);
    await first.release();
    await refused;
  });

  it('give no child to an agent that is being deleted', async () => {
    const first = inTransaction(() => changes.remove(a!.id, undefined));
    await first.done;
    const refused = expect(changes.createChild(a!.id, newChild)).rejects.toMatchObject({
      code: 'agent_not_found',
    });
    await untilBlocked(orm.database);
    await first.release();
    await refused;
  });

  it('give no child to an agent that retires', async () => {
    const first = inTransaction(() => changes.patch(a!.id, { status: 'retired' }, undefined));
    await first.done;
    const refused = expect(changes.createChild(a!.id, newChild)).rejects.toMatchObject({
      code: 'parent_retired',
    });
    await untilBlocked(orm.database);
    await first.release();
    await refused;
  });
});
