import { defineEntity, p } from '@mikro-orm/core';
import type { JsonValue } from '../../common/json.js';
import { WORKFLOW_STATUSES } from '../workflow.js';

const schema = defineEntity({
  name: 'WorkflowEntity',
  tableName: 'workflows',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text(),
    ownerAgentId: p.uuid(),
    status: p.enum(WORKFLOW_STATUSES),
    /** Up to megabytes: read only where it is asked for. */
    definition: p.json<JsonValue>().nullable().lazy(),
    definitionVersion: p.integer(),
    settings: p.json<JsonValue>(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A row of `workflows`; never leaves this folder. */
export class WorkflowEntity extends schema.class {}
schema.setClass(WorkflowEntity);
