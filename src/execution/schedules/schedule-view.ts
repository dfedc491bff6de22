import type { FireError, Schedule } from './schedules.store.port.js';
import type { ScheduleView } from './schedules.schemas.js';

const toFireErrorView = ({ code, message, at }: FireError): NonNullable<ScheduleView['lastError']> => ({
  code,
  message,
  at: at.toISOString(),
});

export function toScheduleView(schedule: Schedule): ScheduleView {
  const { id, workflowId, name, cron, timeZone, input, lastRunId, lastError } = schedule;
  return {
    ...{ id, workflowId, name, cron, timeZone, input },
    nextFireAt: schedule.nextFireAt.toISOString(),
    lastFireAt: schedule.lastFireAt?.toISOString() ?? null,
    lastRunId,
    lastError: lastError === null ? null : toFireErrorView(lastError),
    createdAt: schedule.createdAt.toISOString(),
  };
}
