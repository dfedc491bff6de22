import { z } from 'zod';
import { listQuerySchema } from '../../common/cursor.js';

export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    caller: z.string().meta({ description: '`key:<id>`, or `cli:<user>`.', example: 'key:k3v9x0q2m7ab' }),
    operation: z.string().meta({ description: 'What was asked for.', example: 'FeaturesController.put' }),
    method: z.string(),
    path: z.string().meta({ description: 'Without its query.', example: '/api/v1/features/plan_memory' }),
    requestId: z.string(),
    status: z.int().nullable().meta({
      description:
        'How it was answered; null: nobody was answered. It is under way, its caller has gone, or its process died.',
    }),
  })
  .meta({
    id: 'AuditEntry',
    description: 'A request that may have changed something. Never changed or deleted.',
  });

export const auditPageSchema = z
  .object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage', description: 'One page of requests, latest first.' });
export type AuditPage = z.infer<typeof auditPageSchema>;

export const auditQuerySchema = listQuerySchema.extend({
  caller: z.string().max(100).optional().meta({ description: 'Only what this caller asked for.' }),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;
