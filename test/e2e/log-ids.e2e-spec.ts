import { setImmediate as nextTurn } from 'node:timers/promises';
import { Body, Controller, Logger, type LoggerService, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ApiRoute } from '../../src/access/api-route.decorator.js';
import { Contributes } from '../../src/common/ports.js';
import { currentWork, type WorkIds } from '../../src/common/work-ids.js';
import {
  RECOVERY_ADVISOR,
  type RecoveryAdvisor,
  type RecoveryContext,
} from '../../src/execution/recovery-advisor.port.js';
import { done, type TaskOutcome } from '../../src/tasks/domain/task-outcome.js';
import type { TaskHandler } from '../../src/tasks/domain/task-type.js';
import { TaskType } from '../../src/tasks/task-type.decorator.js';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';

const logger = new Logger('Test');

const said = z.strictObject({ say: z.string() });
@TaskType({
  ...{ name: 'test.say', description: 'For tests.', parameters: said, result: z.unknown(), examples: [] },
  effects: () => 'none',
})
class SayTask implements TaskHandler<z.output<typeof said>> {
  async execute({ say }: z.output<typeof said>): Promise<TaskOutcome<unknown>> {
    logger.log(`${say} begins`);
    await nextTurn();
    logger.log(`${say} ends`);
    return done(null);
  }
}

/** Wants to be asked and has nothing to say: the engine tells of it. */
@Contributes(RECOVERY_ADVISOR)
class SilentAdvisor implements RecoveryAdvisor {
  isAsked = () => true;
  advise = (_context: RecoveryContext) => Promise.reject(new Error('I have no idea.'));
}

@Controller('say')
class SayController {
  @Post()
  @ApiRoute({
    operationId: 'say',
    summary: 'Say',
    scope: 'public',
    ok: { status: 201, description: 'Said.' },
  })
  async say(@Body() body: { say: string }): Promise<void> {
    logger.log(`${body.say} begins`);
    await nextTurn();
    logger.log(`${body.say} ends`);
  }
}

@Module({ controllers: [SayController], providers: [SayTask, SilentAdvisor] })
class SayModule {}

/** Lines with what was being worked on when they were written. */
class IdentifiedLog implements LoggerService {
  readonly lines: { readonly text: string; readonly ids: WorkIds | undefined }[] = [];
  log = (text: unknown): void => void this.lines.push({ text: String(text), ids: currentWork() });
  error = this.log;
  warn = this.log;

  /** Of all lines that hold a text; there are some. */
  idsOf(text: string): (WorkIds | undefined)[] {
    const found = this.lines.filter((line) => line.text.includes(text)).map(({ ids }) => ids);
    expect(found.length).toBeGreaterThan(0);
    return found;
  }
}

const log = new IdentifiedLog();
let engine: EngineTest;
beforeAll(async () => {
  // One slot: each attempt begins where another one has ended.
  const config = { engine: { runSlots: 64, taskSlots: 1 } };
  engine = await EngineTest.start({ config, logger: log, modules: [SayModule], withModels: false });
});
afterAll(() => engine.close());

describe('a line of the log', () => {
  it('of an attempt has the ids of its run, task and agent, whatever ran before it in its place', async () => {
    const say = (name: string) =>
      ['a', 'b', 'c'].map((taskId) => ({
        ...{ taskId, taskType: 'test.say', parameters: { say: `<${name} ${taskId}>` } },
        agentId: engine.agentId,
      }));
    const runs = await Promise.all(
      ['x', 'y', 'z'].map(async (name) => [name, await engine.start(say(name))]),
    );
    for (const [name, runId = ''] of runs) {
      await engine.ended(runId);
      for (const [taskId, { id }] of Object.entries(await engine.tasks(runId))) {
        const ids = { runId, taskId: id, agentId: engine.agentId };
        expect(log.idsOf(`<${name} ${taskId}>`)).toEqual([ids, ids]);
      }
    }
  });

  it('of the engine about a task has them too', async () => {
    const runId = await engine.start([
      { taskId: 'a', taskType: 'test.fail', retry: { maxAttempts: 1 }, agentId: engine.agentId },
    ]);
    await eventually(() => log.lines.some(({ text }) => text.includes(runId)));
    const { id } = await engine.task(runId, 'a');
    expect(log.idsOf(`not heeded for run ${runId}`)).toEqual([
      { runId, taskId: id, agentId: engine.agentId },
    ]);
  });

  it('of a request has its id, after its body was read as well', async () => {
    const headers = { 'x-request-id': 'asked-1' };
    const other = { 'x-request-id': 'asked-2' };
    await Promise.all([
      engine.post('/say', { say: '<one>', padding: 'x'.repeat(2_000_000) }, headers),
      engine.post('/say', { say: '<two>' }, other),
    ]);
    expect(log.idsOf('<one>')).toEqual([{ requestId: 'asked-1' }, { requestId: 'asked-1' }]);
    expect(log.idsOf('<two>')).toEqual([{ requestId: 'asked-2' }, { requestId: 'asked-2' }]);
  });

  it('of nothing in particular has none', () => {
    logger.log('<nobody>');
    expect(log.idsOf('<nobody>')).toEqual([undefined]);
  });
});
