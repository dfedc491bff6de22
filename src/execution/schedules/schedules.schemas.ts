import { z } from 'zod';
import { listQuerySchema } from '../../common/cursor.js';

const SCHEDULE_ID = '01920000-0000-7000-8000-0000000000c1';

const id = z.uuid();
const time = z.iso.datetime().meta({ example: '2026-11-23T08:00:00.000Z' });
const input = z.unknown().meta({ description: 'The input of every run.' });
const name = z
  .string()
  .max(200)
  .regex(/\S/, 'must not be blank')
  .meta({ description: 'What people call the schedule; need not be unique.', example: 'Every working day' });
const cron = z.string().max(1_000).meta({
  description:
    'Five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday). Each is `*`, a number, a range `1-5`, a step `*/15` or a list `1,15`; months and days of the week also by name. When neither day field is `*`, one of them is enough.',
  example: '0 9 * * 1-5',
});
const timeZone = z.string().max(100).meta({
  description: 'Name in the time zone database, whose clocks the expression means.',
  example: 'Europe/Berlin',
});

export const createScheduleSchema = z
  .strictObject({ cron, timeZone: timeZone.default('UTC'), input: input.optional(), name: name.optional() })
  .meta({
    id: 'CreateSchedule',
    description: 'When a workflow is run.',
    example: { name: 'Every working day', cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin', input: {} },
  });
export type CreateSchedule = z.output<typeof createScheduleSchema>;

const fireErrorSchema = z
  .object({
    code: z.string().meta({ example: 'workflow_archived' }),
    message: z.string(),
    at: time,
  })
  .meta({ id: 'FireError', description: 'Why a fire started no run.' });

export const scheduleSchema = z
  .object({
    id: id.meta({ example: SCHEDULE_ID }),
    workflowId: id,
    name: name.nullable(),
    cron,
    timeZone,
    input,
    nextFireAt: time,
    lastFireAt: time
      .nullable()
      .meta({ description: 'The time of the latest fire, whether or not it started a run.' }),
    lastRunId: id.nullable().meta({ description: 'The latest run it has started.' }),
    lastError: fireErrorSchema
      .nullable()
      .meta({ description: 'Why the latest fire started no run; null when it did.' }),
    createdAt: time,
  })
  .meta({ id: 'Schedule', description: 'When a workflow is run, and with what.' });
export type ScheduleView = z.output<typeof scheduleSchema>;

export const schedulePageSchema = z
  .object({ items: z.array(scheduleSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'SchedulePage', description: 'One page of schedules; `nextCursor` is null on the last.' });
export type SchedulePage = z.output<typeof schedulePageSchema>;

export const listSchedulesQuerySchema = listQuerySchema.extend({});
export type ListSchedulesQuery = z.output<typeof listSchedulesQuerySchema>;
