import { beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { Contributes } from '../../../src/common/ports.js';
import type { Proposal } from '../../../src/execution/domain/proposal.js';
import {
  RECOVERY_ADVISOR,
  type RecoveryAdvisor,
  type RecoveryContext,
} from '../../../src/execution/recovery-advisor.port.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

/** Proposes what the test says, when the test lets it. */
@Injectable()
@Contributes(RECOVERY_ADVISOR)
class ScriptedAdvisor implements RecoveryAdvisor {
  readonly asked: RecoveryContext[] = [];
  answer: (context: RecoveryContext) => Promise<Proposal> | Proposal = ({ rules }) => rules;

  isAsked({ task }: RecoveryContext): boolean {
    return task.taskType === 'test.fail';
  }

  async advise(context: RecoveryContext): Promise<Proposal> {
    this.asked.push(context);
    return this.answer(context);
  }
}

@Module({ providers: [ScriptedAdvisor] })
class AdvisorModule {}

const because = { source: 'test', reason: 'because' };
const ASK = { action: 'ask_person', question: 'Again {{ run.input }}?', choices: ['retry', 'fail'] } as const;
const fails = (more: object = {}) => ({
  taskId: 'a',
  taskType: 'test.fail',
  parameters: { times: 1 },
  ...more,
});

const engine = useEngine({ modules: [AdvisorModule], withModels: false });
let advisor: ScriptedAdvisor;
beforeAll(() => {
  advisor = engine.test.app.get(ScriptedAdvisor);
});

const askedAbout = (runId: string) => advisor.asked.filter((context) => context.runId === runId);

describe('a contributed advisor', () => {
  it('is asked once the failure is on record, holds no slot, and is heeded', async () => {
    const proposed = Promise.withResolvers<Proposal>();
    advisor.answer = () => proposed.promise;
    const id = await engine.start([fails()]);
    await eventually(async () => (await engine.statuses(id))['a'] === 'recovering');
    expect((await engine.tasks(id))['a'].error.code).toBe('told_to_fail');
    expect(engine.busySlots).toBe(0);
    proposed.resolve({ action: 'retry', delayMs: 0, ...because });
    expect((await engine.ended(id)).status).toBe('succeeded');
    const types = (await engine.eventTypes(id)).filter((type) => /recover|failed|retried/.test(type));
    expect(types).toEqual([
      'task.recovering a',
      'recovery.proposed a',
      'recovery.applied a',
      'task.failed a',
      'task.retried a',
    ]);
    const stored = await engine.query(
      `select attempt, proposal ->> 'source' as source from recovery_proposals where run_id = $1`,
      [id],
    );
    expect(stored).toEqual([{ attempt: 1, source: 'test' }]);
  });

  it('is not asked about what it does not care for', async () => {
    const run = await engine.run([
      { taskId: 'a', taskType: 'test.throws', parameters: { what: 'text' }, retry: { maxAttempts: 1 } },
    ]);
    expect(run.status).toBe('failed');
    expect(askedAbout(run.id as string)).toEqual([]);
  });

  it('whose proposal is on record is not asked again by the next owner', async () => {
    const never = Promise.withResolvers<Proposal>();
    advisor.answer = () => never.promise;
    const id = await engine.start([fails({ optional: true })]);
    await eventually(() => askedAbout(id).length === 1);
    const { id: taskId } = (await engine.tasks(id))['a'];
    // What an owner leaves that dies after its proposal was stored, before it was applied.
    await engine.query(
      'insert into recovery_proposals (task_id, run_id, attempt, proposal) values ($1, $2, 1, $3)',
      [taskId, id, JSON.stringify({ action: 'skip', ...because })],
    );
    await engine.takeOver(id);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.statuses(id))['a']).toBe('skipped');
    expect(askedAbout(id)).toHaveLength(1);
    never.resolve({ action: 'fail', ...because });
  });

  it('is asked again by the next owner when its proposal was lost', async () => {
    const never = Promise.withResolvers<Proposal>();
    advisor.answer = () => never.promise;
    const id = await engine.start([fails()]);
    await eventually(async () => (await engine.statuses(id))['a'] === 'recovering');
    await eventually(() => askedAbout(id).length === 1);
    advisor.answer = () => ({ action: 'retry', delayMs: 0, ...because });
    await engine.takeOver(id);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect(askedAbout(id)).toHaveLength(2);
    never.resolve({ action: 'fail', ...because });
  });

  it.each<[string, () => Promise<Proposal>, RegExp]>([
    ['fails', () => Promise.reject(new Error('no model today')), /no model today/],
    [
      'answers nonsense',
      () => Promise.resolve({ action: 'retry', delayMs: Number.NaN, ...because }),
      /delayMs/,
    ],
  ])('that %s leaves it to the rules', async (_what, answer, why) => {
    advisor.answer = answer;
    const run = await engine.run([fails({ retry: { maxAttempts: 2, initialDelaySeconds: 0 } })]);
    expect(run.status).toBe('succeeded');
    const events = await engine.events(run.id);
    expect(events.find(({ type }) => type === 'recovery.refused')?.data['reason']).toMatch(why);
    expect(events.find(({ type }) => type === 'recovery.proposed')?.data['source']).toBe('rules');
  });

  it('may leave it to a person, who retries', async () => {
    advisor.answer = () => ({ ...ASK, ...because });
    const id = await engine.start([fails()]);
    const taskId = await engine.asked(id);
    const { body } = await engine.get(`/tasks/${taskId}`);
    expect(body).toMatchObject({ taskType: 'human.task', taskId: 'a-recovery', waitingFor: 'person' });
    expect(body.wait).toMatchObject({
      form: 'task',
      question: 'Again {{ run.input }}?',
      details: { taskId: 'a' },
    });
    expect((await engine.tasks(id))['a']).toMatchObject({ status: 'waiting', waitingFor: 'children' });
    expect((await engine.post(`/tasks/${taskId}/approve`)).body.code).toBe('wrong_answer');
    const unfit = await engine.post(`/tasks/${taskId}/complete`, { answer: { action: 'dance' } });
    expect([unfit.status, unfit.body.code]).toEqual([422, 'invalid_answer']);
    const answer = { action: 'retry', comment: 'It is up again.' };
    expect((await engine.post(`/tasks/${taskId}/complete`, { answer, by: 'ada' })).status).toBe(202);
    expect((await engine.post(`/tasks/${taskId}/complete`, { answer })).status).toBe(409);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.events(id)).filter(({ type }) => type === 'recovery.applied').at(-1)).toMatchObject({
      ...{ task_id: 'a', data: { action: 'retry', source: 'person', by: 'ada' } },
    });
  });

  it('may leave it to a person whose answer finds another owner', async () => {
    advisor.answer = () => ({ ...ASK, ...because });
    const id = await engine.start([fails()]);
    const taskId = await engine.asked(id);
    await engine.status(id, 'waiting');
    await engine.takeOver(id);
    await engine.post(`/tasks/${taskId}/complete`, { answer: { action: 'retry' } });
    expect((await engine.ended(id)).status).toBe('succeeded');
  });

  it('may leave it to a person, and the task is retried meanwhile', async () => {
    advisor.answer = () => ({ ...ASK, ...because });
    const id = await engine.start([fails()]);
    const asked = await engine.asked(id);
    const { id: taskId } = (await engine.tasks(id))['a'];
    expect((await engine.post(`/tasks/${taskId}/retry`)).status).toBe(202);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.get(`/tasks/${asked}`)).body.status).toBe('cancelled');
  });

  it('may change parameters, for good and for the next owner too', async () => {
    const proposed = { action: 'retry', delayMs: 0, parameters: { times: 0 }, ...because } as const;
    advisor.answer = () => proposed;
    const id = await engine.start([
      fails({ parameters: { times: 5 } }),
      { taskId: 'b', taskType: 'human.task', parameters: { question: 'Go on?' }, dependencies: ['a'] },
    ]);
    const taskId = await engine.asked(id);
    await engine.status(id, 'waiting');
    const row = await engine.query(
      'select parameters, definition from tasks where run_id = $1 and task_id = $2',
      [id, 'a'],
    );
    expect(row).toEqual([
      { parameters: { times: 0 }, definition: expect.objectContaining({ taskId: 'a', adjustments: 1 }) },
    ]);
    await engine.takeOver(id);
    await engine.post(`/tasks/${taskId}/complete`, { answer: 1 });
    expect((await engine.ended(id)).status).toBe('succeeded');
    const keys = engine.calls.of(id, 'a').map(({ key }) => key);
    expect(keys[1]).toBe(`${keys[0]}-adjusted-1`);
  });

  it('may have what a failed attempt left cleared up before the next', async () => {
    advisor.answer = () => ({ action: 'compensate', ...because });
    const compensation = { taskType: 'test.noop', parameters: { value: 'cleared' } };
    const id = await engine.start([fails({ compensation })]);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.statuses(id))['a-compensation']).toBe('succeeded');
    expect(engine.calls.of(id).map(({ taskId }) => taskId)).toEqual(['a', 'a-compensation', 'a']);
  });

  it('may give it to another agent', async () => {
    const { body: other } = await engine.post('/agents', { name: 'other', capabilities: ['*'] });
    advisor.answer = () => ({ action: 'delegate', toAgentId: other.id as string, ...because });
    const id = await engine.start([fails()]);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.tasks(id))['a'].agentId).toBe(other.id);
  });
});
