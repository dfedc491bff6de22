import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { rememberPlan } from '../domain/remember-plan.js';
import type { RememberedPlan } from '../domain/remembered-plan.js';
import { type MemoryUse, PlanMemoryStore } from '../plan-memory.store.port.js';
import { forgetPlan, learnPlans, loadMemory, memoryUse, memoryVersion } from './plan-memory.sql.js';

const storedTasks = z.array(
  z.object({
    taskId: z.string(),
    taskType: z.string(),
    description: z.string().nullable(),
    dependencies: z.array(z.string()).nullable(),
  }),
);

interface MemoryRow {
  readonly plan_id: string;
  readonly is_accepted: boolean;
  readonly workflow_id: string;
  readonly request: string;
  readonly tasks: unknown;
}

const toPlan = (row: MemoryRow): RememberedPlan =>
  rememberPlan({
    ...{ id: row.plan_id, request: row.request, isAccepted: row.is_accepted, author: row.workflow_id },
    tasks: storedTasks.parse(row.tasks).map(({ dependencies, description, ...task }) => ({
      ...task,
      description: description ?? '',
      dependencies: dependencies ?? [],
    })),
  });

@Injectable()
export class PostgresPlanMemoryStore extends PlanMemoryStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async learn(since: Date): Promise<void> {
    await this.work.query(learnPlans(since));
  }

  override async version(): Promise<string> {
    const [row] = await this.work.query<{ version: string }>(memoryVersion());
    return row?.version ?? '';
  }

  override async load(limit: number): Promise<readonly RememberedPlan[]> {
    return (await this.work.query<MemoryRow>(loadMemory(limit))).map(toPlan);
  }

  override async forget(planId: string): Promise<boolean> {
    return (await this.work.query(forgetPlan(planId))).length > 0;
  }

  override async use(): Promise<MemoryUse> {
    const [row] = await this.work.query<MemoryUse>(memoryUse());
    return row ?? { planned: 0, approved: 0, rejected: 0 };
  }
}
