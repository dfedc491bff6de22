import { Injectable } from '@nestjs/common';
import type { JsonValue } from '../../../common/json.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import {
  type DueSchedule,
  type FireOutcome,
  type NewSchedule,
  type Schedule,
  SchedulesStore,
} from '../schedules.store.port.js';
import * as sql from './schedules.sql.js';

interface DueRow {
  readonly id: string;
  readonly workflow_id: string;
  readonly cron: string;
  readonly time_zone: string;
  readonly input: JsonValue | null;
  readonly next_fire_at: string;
  readonly now: string;
}

interface ScheduleRow extends Omit<DueRow, 'now'> {
  readonly name: string | null;
  readonly last_fire_at: string | null;
  readonly last_run_id: string | null;
  readonly last_error: { readonly code: string; readonly message: string; readonly at: string } | null;
  readonly created_at: string;
}

function toDue(row: Omit<DueRow, 'now'>): DueSchedule {
  const { id, workflow_id: workflowId, cron, time_zone: timeZone, input } = row;
  return { id, workflowId, cron, timeZone, input, nextFireAt: new Date(row.next_fire_at) };
}

function toSchedule(row: ScheduleRow): Schedule {
  const { last_fire_at: lastFireAt, last_error: lastError } = row;
  return {
    ...toDue(row),
    name: row.name,
    lastFireAt: lastFireAt === null ? null : new Date(lastFireAt),
    lastRunId: row.last_run_id,
    lastError: lastError === null ? null : { ...lastError, at: new Date(lastError.at) },
    createdAt: new Date(row.created_at),
  };
}

@Injectable()
export class PostgresSchedulesStore extends SchedulesStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async insert(schedule: NewSchedule): Promise<boolean> {
    return (await this.work.query(sql.insertSchedule(schedule))).length > 0;
  }

  override async find(id: string): Promise<Schedule | null> {
    const [row] = await this.work.query<ScheduleRow>(sql.selectSchedule(id));
    return row === undefined ? null : toSchedule(row);
  }

  override async list(workflowId: string, after: string | null, limit: number): Promise<Schedule[]> {
    return (await this.work.query<ScheduleRow>(sql.selectSchedules(workflowId, after, limit))).map(
      toSchedule,
    );
  }

  override async delete(id: string): Promise<boolean> {
    return (await this.work.query(sql.deleteSchedule(id))).length > 0;
  }

  override async findDue(
    except: readonly string[],
    limit: number,
  ): Promise<{ schedules: DueSchedule[]; now: Date }> {
    const rows = await this.work.query<DueRow>(sql.selectDue(except, limit));
    return { schedules: rows.map(toDue), now: new Date(rows[0]?.now ?? 0) };
  }

  override async take(due: DueSchedule): Promise<boolean> {
    return (await this.work.query(sql.takeFire(due))).length > 0;
  }

  override async findRun(scheduleId: string, fireTime: Date): Promise<string | null> {
    const [row] = await this.work.query<{ id: string }>(sql.selectRunOf(scheduleId, fireTime));
    return row?.id ?? null;
  }

  override async record(due: DueSchedule, outcome: FireOutcome): Promise<void> {
    await this.work.query(sql.recordFire(due, outcome));
  }
}
