import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseAway } from '../../common/database-away.js';
import { TandemError } from '../../common/tandem-error.js';
import { RunStarts } from '../run-starts.service.js';
import { type FirePlan, planFire } from './domain/plan-fire.js';
import { fireFailed, fireMissed } from './schedules.errors.js';
import { type DueSchedule, type FireError, SchedulesStore } from './schedules.store.port.js';

/** Starts the run of a schedule that is due, or keeps why it could not. */
@Injectable()
export class ScheduleFires {
  private readonly logger = new Logger('Schedules');

  constructor(
    private readonly store: SchedulesStore,
    private readonly starts: RunStarts,
  ) {}

  /** Answers the run; null: somebody else did it, or it could not start. Fails when the database is away. */
  async fire(due: DueSchedule, now: Date): Promise<string | null> {
    const plan = planOf(due, now);
    const { fireTime } = plan;
    if (fireTime === null) return this.leaveOut(due, plan, fireMissed(due.nextFireAt, now));
    try {
      return await this.start(due, fireTime, plan.nextFireAt);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      if (!(error instanceof TandemError)) this.logger.error(error);
      return this.leaveOut(due, plan, fireFailed(error, now));
    }
  }

  /** One transaction: the fire is taken, its run inserted, the schedule moves on. */
  private start(due: DueSchedule, fireTime: Date, nextFireAt: Date): Promise<string | null> {
    const { id: scheduleId, workflowId, input } = due;
    return this.starts.whenInputFits(workflowId, input, async (locked) => {
      if (!(await this.store.take(due))) return null;
      const runId =
        (await this.store.findRun(scheduleId, fireTime)) ??
        (await this.starts.startLocked(locked, input, { scheduleId, fireTime }));
      await this.store.record(due, { nextFireAt, fireTime, runId, error: null });
      return runId;
    });
  }

  private async leaveOut(due: DueSchedule, plan: FirePlan, error: FireError): Promise<null> {
    await this.store.record(due, { ...plan, runId: null, error });
    return null;
  }
}

/** Expressions are checked before they are stored: one that cannot be read is a fault. */
function planOf(due: DueSchedule, now: Date): FirePlan {
  try {
    return planFire(due, due.nextFireAt, now);
  } catch (cause) {
    throw new Error(`Schedule ${due.id} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
