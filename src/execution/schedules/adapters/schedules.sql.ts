import type { Statement } from '../../../database/unit-of-work.js';
import type { DueSchedule, FireOutcome, NewSchedule } from '../schedules.store.port.js';

const COLUMNS = `id, workflow_id, name, cron, time_zone, input, next_fire_at, last_fire_at, last_run_id, last_error, created_at`;

/** No row when the workflow is gone: it is locked by primary key, so that it cannot go before the commit. */
export const insertSchedule = (schedule: NewSchedule): Statement => ({
  text: `
insert into schedules (id, workflow_id, name, cron, time_zone, input, next_fire_at, created_at)
select $1::uuid, id, $3::text, $4::text, $5::text, $6::jsonb, $7::timestamptz, $8::timestamptz from workflows where id = $2 for key share
returning id`,
  values: [
    schedule.id,
    schedule.workflowId,
    schedule.name,
    schedule.cron,
    schedule.timeZone,
    schedule.input === null ? null : JSON.stringify(schedule.input),
    schedule.nextFireAt.toISOString(),
    schedule.createdAt.toISOString(),
  ],
});

/** Primary key. */
export const selectSchedule = (id: string): Statement => ({
  text: `select ${COLUMNS} from schedules where id = $1`,
  values: [id],
});

/** Oldest first (ids are UUIDv7), by schedules_workflow_id. */
export const selectSchedules = (workflowId: string, after: string | null, limit: number): Statement => ({
  text: `
select ${COLUMNS} from schedules
where workflow_id = $1 and ($2::uuid is null or id > $2::uuid) order by id limit $3`,
  values: [workflowId, after, limit],
});

/** Primary key. */
export const deleteSchedule = (id: string): Statement => ({
  text: `delete from schedules where id = $1 returning id`,
  values: [id],
});

/** Due first, by schedules_next_fire_at. Without locks: who fires takes each one by itself. */
export const selectDue = (except: readonly string[], limit: number): Statement => ({
  text: `
select id, workflow_id, cron, time_zone, input, next_fire_at, now() as now from schedules
where next_fire_at <= now() and id <> all($1::uuid[]) order by next_fire_at limit $2`,
  values: [except, limit],
});

/** Primary key. Compared after the lock is there: nobody has done this fire. */
export const takeFire = ({ id, nextFireAt }: DueSchedule): Statement => ({
  text: `select id from schedules where id = $1 and next_fire_at = $2::timestamptz for no key update skip locked`,
  values: [id, nextFireAt.toISOString()],
});

/** By runs_schedule_fire. */
export const selectRunOf = (scheduleId: string, fireTime: Date): Statement => ({
  text: `select id from runs where schedule_id = $1 and fire_time = $2::timestamptz`,
  values: [scheduleId, fireTime.toISOString()],
});

/** Primary key. */
export const recordFire = ({ id, nextFireAt }: DueSchedule, outcome: FireOutcome): Statement => ({
  text: `
update schedules set next_fire_at = $3::timestamptz, last_fire_at = coalesce($4::timestamptz, last_fire_at),
  last_run_id = coalesce($5::uuid, last_run_id), last_error = $6::jsonb
where id = $1 and next_fire_at = $2::timestamptz`,
  values: [
    id,
    nextFireAt.toISOString(),
    outcome.nextFireAt.toISOString(),
    outcome.fireTime?.toISOString() ?? null,
    outcome.runId,
    outcome.error === null ? null : JSON.stringify(outcome.error),
  ],
});
