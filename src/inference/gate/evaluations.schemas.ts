import { z } from 'zod';
import { SAMPLE_AGENT_ID } from '../../agents/agents.schemas.js';
import { SCENARIOS } from '../../agents/domain/intelligence.js';
import { ERROR_CLASSES } from '../../tasks/domain/task-error.js';

/** An error as somebody describes it. */
export const describedErrorSchema = z.strictObject({
  code: z.string().max(200).default('handler_error'),
  class: z.enum(ERROR_CLASSES).optional().meta({ description: 'Absent: as its message tells.' }),
  message: z.string().max(2_000),
});
export type DescribedError = z.output<typeof describedErrorSchema>;

export const evaluateSchema = z
  .strictObject({
    agentId: z.uuid().meta({ example: SAMPLE_AGENT_ID }),
    scenario: z.enum(SCENARIOS),
    workflowId: z.uuid().optional().meta({ description: 'Default: that of the run.' }),
    runId: z.uuid().optional(),
    context: z
      .strictObject({
        taskId: z
          .uuid()
          .optional()
          .meta({ description: 'UUID of a task of the run: its recoveries are counted.' }),
        taskType: z.string().max(200).optional(),
        error: describedErrorSchema.optional().meta({ description: 'With `taskType`: a rule may know it.' }),
      })
      .optional(),
  })
  .meta({
    id: 'Evaluate',
    description: 'Whether a model would be asked.',
    example: { agentId: SAMPLE_AGENT_ID, scenario: 'error_recovery' },
  });
export type Evaluate = z.output<typeof evaluateSchema>;

export const evaluationSchema = z
  .object({
    use: z.boolean(),
    reason: z
      .string()
      .meta({ description: 'The first check that refuses, else `allowed`.', example: 'level_forbids' }),
    checks: z.array(z.object({ check: z.string(), passed: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Evaluation', description: 'What the gate looks at, in its order, up to what refuses.' });
export type EvaluationView = z.output<typeof evaluationSchema>;
