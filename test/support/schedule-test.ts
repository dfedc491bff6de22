import { ScheduleFires } from '../../src/execution/schedules/schedule-fires.service.js';
import { type DueSchedule, SchedulesStore } from '../../src/execution/schedules/schedules.store.port.js';
import { EngineTest } from './engine-test.js';
import { ExecutionTypesModule } from './execution-types.module.js';
import { startTestApp, type TestApp } from './test-app.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** Fires by hand: the clock of a process with the role `api` does not run. */
const BY_HAND = { config: { role: 'api' } } as const;

export const NOOP = [{ taskId: 'a', taskType: 'test.noop' }];

/** 09:00 in UTC, so many days before 22 November 2026. */
export const nine = (daysAgo: number): Date => new Date(Date.UTC(2026, 10, 22 - daysAgo, 9));

export const soonAfter = (at: Date): Date => new Date(at.getTime() + 400);

/** Two instances on one database that fire when they are told to. */
export class ScheduleTest {
  private constructor(
    readonly database: TestDatabase,
    readonly engine: EngineTest,
    readonly other: TestApp,
  ) {}

  static async start(): Promise<ScheduleTest> {
    const database = await createTestDatabase();
    const engine = await EngineTest.start({ ...BY_HAND, database });
    return new ScheduleTest(
      database,
      engine,
      await startTestApp({ ...BY_HAND, modules: [ExecutionTypesModule], database }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.engine.close(), this.other.close()]);
    await this.database.drop();
  }

  /** A schedule of a new workflow, every day at 09:00 in UTC. */
  async schedule(fields: object = {}): Promise<string> {
    return this.scheduleOf(await this.engine.workflow(NOOP), fields);
  }

  async scheduleOf(workflowId: string, fields: object = {}): Promise<string> {
    const wanted = { cron: '0 9 * * *', ...fields };
    const { status, body } = await this.engine.post(`/workflows/${workflowId}/schedules`, wanted);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.id as string;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into answers of every shape
  async show(id: string): Promise<any> {
    return (await this.engine.get(`/schedules/${id}`)).body;
  }

  /** Moves the next fire of a schedule to a time, and answers it as if that had come. */
  async due(id: string, at: Date): Promise<DueSchedule> {
    await this.database.query('update schedules set next_fire_at = $2 where id = $1', [id, at]);
    return (await this.engine.test.app.get(SchedulesStore).find(id)) as DueSchedule;
  }

  fire(found: DueSchedule, now: Date, by: TestApp = this.engine.test): Promise<string | null> {
    return by.app.get(ScheduleFires).fire(found, now);
  }

  /** Fires the time as if it had just come. */
  async fireAt(id: string, at: Date): Promise<string | null> {
    return this.fire(await this.due(id, at), soonAfter(at));
  }

  runsOf(scheduleId: string): Promise<{ id: string; fire_time: Date; input: unknown }[]> {
    const text = 'select id, fire_time, input from runs where schedule_id = $1 order by fire_time';
    return this.database.query(text, [scheduleId]);
  }
}
