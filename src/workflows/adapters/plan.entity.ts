import { defineEntity, p } from '@mikro-orm/core';
import type { JsonValue } from '../../common/json.js';
import { PLAN_ORIGINS, PLAN_SOURCES, PLAN_STATUSES } from '../domain/plan.js';

const schema = defineEntity({
  name: 'PlanEntity',
  tableName: 'workflow_plans',
  properties: {
    id: p.uuid().primary(),
    workflowId: p.uuid(),
    runId: p.uuid().nullable(),
    version: p.integer(),
    origin: p.enum(PLAN_ORIGINS),
    source: p.enum(PLAN_SOURCES),
    status: p.enum(PLAN_STATUSES),
    /** What has no column of its own. */
    planData: p.json<JsonValue>(),
    contentHash: p.text(),
    costNano: p.bigint(),
    createdAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
  },
});

/** A row of `workflow_plans`; never leaves this folder. */
export class PlanEntity extends schema.class {}
schema.setClass(PlanEntity);
