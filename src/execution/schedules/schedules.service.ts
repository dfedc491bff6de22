import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { type Page, toPage } from '../../common/cursor.js';
import { decodeIdCursor } from '../../common/id-cursor.js';
import { newId } from '../../common/ids.js';
import type { JsonValue } from '../../common/json.js';
import { NotFoundError } from '../../common/tandem-error.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import { readTiming } from './domain/read-timing.js';
import { invalidSchedule } from './schedules.errors.js';
import type { CreateSchedule, ListSchedulesQuery } from './schedules.schemas.js';
import { type NewSchedule, type Schedule, SchedulesStore } from './schedules.store.port.js';

/** Makes, shows and deletes schedules. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly store: SchedulesStore,
    private readonly workflows: WorkflowsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Fails as `workflow_not_found` or `invalid_schedule`. Whether the workflow can start is a question of each fire: it
   * may be archived, and have no definition yet.
   */
  async create(workflowId: string, { cron, timeZone, input, name }: CreateSchedule): Promise<Schedule> {
    await this.workflows.get(workflowId);
    const now = this.clock.now();
    const timing = readTiming({ cron, timeZone }, now);
    if ('issues' in timing) throw invalidSchedule(timing.issues);
    const schedule: NewSchedule = {
      ...{ id: newId(), workflowId, name: name ?? null, cron, timeZone },
      ...{ input: (input ?? null) as JsonValue, nextFireAt: timing.nextFireAt, createdAt: now },
    };
    if (!(await this.store.insert(schedule))) throw new NotFoundError('workflow', workflowId);
    return { ...schedule, lastFireAt: null, lastRunId: null, lastError: null };
  }

  /** Fails as `schedule_not_found`. */
  async get(id: string): Promise<Schedule> {
    const schedule = await this.store.find(id);
    if (schedule === null) throw new NotFoundError('schedule', id);
    return schedule;
  }

  /** Fails as `workflow_not_found`. */
  async list(workflowId: string, { limit, cursor }: ListSchedulesQuery): Promise<Page<Schedule>> {
    await this.workflows.get(workflowId);
    const list = `workflows/${workflowId}/schedules`;
    const schedules = await this.store.list(workflowId, decodeIdCursor(cursor, list), limit + 1);
    return toPage(schedules, limit, ({ id }) => id, list);
  }

  /** Fails as `schedule_not_found`. Runs that it has started go on. */
  async remove(id: string): Promise<void> {
    if (!(await this.store.delete(id))) throw new NotFoundError('schedule', id);
  }
}
