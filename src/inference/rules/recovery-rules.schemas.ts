import { z } from 'zod';
import { listQuerySchema } from '../../common/cursor.js';
import { ERROR_CLASSES } from '../../tasks/domain/task-error.js';
import { RULE_STATUSES } from '../domain/recovery-rule.js';
import { MAX_DELAY_SECONDS } from '../functions/get-recovery-strategy/recovery.schemas.js';

const ACTIONS = ['retry', 'adjust_parameters', 'delegate', 'use_alternative', 'compensate', 'skip'] as const;
const status = z.enum(RULE_STATUSES).meta({
  description:
    '`candidate`: proposed by a model, not proved; `active`: applied without a model; `demoted`: it stopped helping; `retired`: by a person, for good.',
  example: 'active',
});
const recovery = z.strictObject({
  action: z.enum(ACTIONS),
  delaySeconds: z.number().min(0).max(MAX_DELAY_SECONDS),
  parameters: z.record(z.string(), z.unknown()).meta({ description: 'Of `adjust_parameters`.' }),
});
const time = z.iso.datetime().meta({ example: '2026-11-22T09:30:00.000Z' });

export const recoveryRuleSchema = z
  .object({
    id: z.uuid(),
    taskType: z.string().meta({ example: 'http.request' }),
    errorClass: z.enum(ERROR_CLASSES),
    fingerprint: z.string().meta({ description: 'Code and message without what differs each time.' }),
    recovery,
    status,
    pinned: z.boolean().meta({ description: 'A person wants it as it is: it is not demoted.' }),
    successes: z.int(),
    failures: z.int(),
    recent: z
      .array(z.enum(['worked', 'failed']))
      .meta({ description: 'Of the last ten uses, oldest first.' }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'RecoveryRule', description: 'What helps against a kind of failure, as it was learned.' });
export type RecoveryRuleView = z.output<typeof recoveryRuleSchema>;

export const recoveryRulePageSchema = z
  .object({ items: z.array(recoveryRuleSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'RecoveryRulePage', description: 'One page of rules; `nextCursor` is null on the last.' });
export type RecoveryRulePage = z.output<typeof recoveryRulePageSchema>;

export const listRulesQuerySchema = listQuerySchema.extend({
  status: status.optional(),
  taskType: z.string().max(200).optional(),
});
export type ListRulesQuery = z.output<typeof listRulesQuerySchema>;

export const patchRuleSchema = z
  .strictObject({
    pinned: z.boolean().optional(),
    status: z.enum(['active', 'candidate', 'retired']).optional(),
    recovery: recovery.partial().optional(),
  })
  .meta({
    id: 'PatchRecoveryRule',
    description: 'What to change. Pinning a rule makes it active; editing it starts its counters anew.',
    example: { pinned: true },
  });
export type PatchRule = z.output<typeof patchRuleSchema>;
