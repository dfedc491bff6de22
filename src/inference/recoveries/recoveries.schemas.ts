import { z } from 'zod';
import { SAMPLE_AGENT_ID } from '../../agents/agents.schemas.js';
import { usdSchema } from '../../common/usd.schema.js';
import { RECOVERY_ACTIONS } from '../domain/recovery.js';
import { describedErrorSchema } from '../gate/evaluations.schemas.js';

const action = z.enum(RECOVERY_ACTIONS).meta({ example: 'ask_person' });

export const describeRecoverySchema = z
  .strictObject({
    agentId: z.uuid().meta({ example: SAMPLE_AGENT_ID }),
    task: z.strictObject({
      taskType: z.string().max(200),
      description: z.string().max(4_000).optional(),
      parameters: z.record(z.string(), z.json()),
      optional: z.boolean().default(false),
    }),
    error: describedErrorSchema,
  })
  .meta({
    id: 'DescribeRecovery',
    description: 'A failure, as somebody describes it.',
    example: {
      agentId: SAMPLE_AGENT_ID,
      task: { taskType: 'http.request', parameters: { url: 'https://service.example/health' } },
      error: { code: 'http_timeout', message: 'No answer within 30 s: timed out.' },
    },
  });
export type DescribeRecovery = z.output<typeof describeRecoverySchema>;

export const recoveryStrategySchema = z
  .object({
    action,
    delaySeconds: z.number(),
    parameters: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Of `adjust_parameters`: new values.' }),
    errorClass: z.string().meta({ example: 'timeout' }),
    source: z.enum(['model', 'cache', 'rule', 'twin']),
    reason: z.string(),
    alternatives: z.array(action).meta({ description: 'What else a model or a rule might have done.' }),
    costUsd: usdSchema,
  })
  .meta({ id: 'RecoveryStrategy', description: 'What would be done about a failure, by whom, and why.' });
export type RecoveryStrategyView = z.output<typeof recoveryStrategySchema>;
