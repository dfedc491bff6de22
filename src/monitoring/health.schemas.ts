import { z } from 'zod';

export const probeSchema = z
  .object({ status: z.enum(['up', 'down']) })
  .meta({ id: 'Probe', description: 'Answer of a probe.', example: { status: 'up' } });
export type Probe = z.infer<typeof probeSchema>;

export const readinessSchema = z
  .object({
    status: z.enum(['up', 'down']),
    checks: z.record(z.string(), z.object({ status: z.enum(['up', 'down']), detail: z.string().optional() })),
  })
  .meta({
    id: 'Readiness',
    description: 'Whether this process takes work, and what each of its checks says.',
    example: { status: 'up', checks: { database: { status: 'up' }, process: { status: 'up' } } },
  });
export type Readiness = z.infer<typeof readinessSchema>;
