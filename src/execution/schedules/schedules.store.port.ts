import type { JsonValue } from '../../common/json.js';

/** Why the latest fire started no run. */
export interface FireError {
  readonly code: string;
  readonly message: string;
  readonly at: Date;
}

/** When a workflow is run, and with what. */
export interface Schedule {
  readonly id: string;
  readonly workflowId: string;
  readonly name: string | null;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: JsonValue;
  readonly nextFireAt: Date;
  /** The time of the latest fire, whether or not it started a run. */
  readonly lastFireAt: Date | null;
  readonly lastRunId: string | null;
  /** null when the latest fire started a run. */
  readonly lastError: FireError | null;
  readonly createdAt: Date;
}

export type NewSchedule = Pick<
  Schedule,
  'id' | 'workflowId' | 'name' | 'cron' | 'timeZone' | 'input' | 'nextFireAt' | 'createdAt'
>;

/** A schedule whose time has come. */
export type DueSchedule = Pick<Schedule, 'id' | 'workflowId' | 'cron' | 'timeZone' | 'input' | 'nextFireAt'>;

/** What became of a fire. Fields that are null stay as they were, but `error`. */
export interface FireOutcome {
  readonly nextFireAt: Date;
  readonly fireTime: Date | null;
  readonly runId: string | null;
  readonly error: FireError | null;
}

/** Where schedules are kept. */
export abstract class SchedulesStore {
  /** false: there is no such workflow. */
  abstract insert(schedule: NewSchedule): Promise<boolean>;
  abstract find(id: string): Promise<Schedule | null>;
  /** Up to `limit` schedules of a workflow after the id `after`, in order of id. */
  abstract list(workflowId: string, after: string | null, limit: number): Promise<readonly Schedule[]>;
  /** false: there is none. */
  abstract delete(id: string): Promise<boolean>;
  /** Schedules that are due by the clock of the database, longest first, without those `except`; and its time. */
  abstract findDue(
    except: readonly string[],
    limit: number,
  ): Promise<{ readonly schedules: readonly DueSchedule[]; readonly now: Date }>;
  /** Takes a fire until the ambient transaction ends; false: somebody else has it, has done it or deleted it. */
  abstract take(due: DueSchedule): Promise<boolean>;
  /** The run of a fire. */
  abstract findRun(scheduleId: string, fireTime: Date): Promise<string | null>;
  /** Keeps the outcome, unless somebody else has done the fire. */
  abstract record(due: DueSchedule, outcome: FireOutcome): Promise<void>;
}
