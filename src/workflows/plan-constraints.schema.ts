import { z } from 'zod';
import { usdInputSchema } from '../common/usd.schema.js';
import { CAPABILITY_PATTERN } from '../tasks/domain/capability.js';
import { MAX_TASKS } from './domain/definition.js';
import type { PlanConstraints } from './domain/plan-constraints.js';

const HOST = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** What a plan must keep to. */
export const planConstraintsSchema = z
  .strictObject({
    maxTasks: z.int().min(1).max(MAX_TASKS).optional().meta({ description: 'At most this many tasks.' }),
    taskTypes: z
      .array(z.string().max(200).regex(CAPABILITY_PATTERN, 'must be like http.request, http.* or *'))
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Only these task types, by name or pattern.', examples: [['file.*', 'data.*']] }),
    agentIds: z
      .array(z.uuid())
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Only these agents execute tasks.' }),
    hosts: z
      .array(z.string().max(253).regex(HOST, 'must be a host like api.example.com or *.example.com'))
      .max(200)
      .optional()
      .meta({ description: 'Only these hosts are called.', examples: [['api.example.com']] }),
    deadlineSeconds: z
      .number()
      .positive()
      .max(1_000_000_000)
      .optional()
      .meta({ description: 'The critical path of the quote takes no longer.' }),
    budgetUsd: usdInputSchema.optional().meta({ description: 'The model tasks of a run cost no more.' }),
  })
  .meta({
    id: 'PlanConstraints',
    description: 'What a plan must keep to; what is absent is not limited.',
    example: { maxTasks: 10, taskTypes: ['file.*', 'data.*'] },
  }) as unknown as z.ZodType<PlanConstraints>;
