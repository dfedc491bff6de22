import { z } from 'zod';
import { EXECUTION_MODES, INTELLIGENCE_LEVELS } from '../../../common/intelligence.js';
import type { JsonObject } from '../../../common/json.js';
import { EFFECTS } from '../../../tasks/domain/effect.js';
import { ERROR_CLASSES } from '../../../tasks/domain/task-error.js';
import { RECOVERY_ACTIONS } from '../../domain/recovery.js';

/** Longer a model may not let a task wait; whoever wants more asks a person. */
export const MAX_DELAY_SECONDS = 300;

const json = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>;
const recoveryFields = {
  action: z.enum(RECOVERY_ACTIONS),
  delaySeconds: z.number().min(0).max(MAX_DELAY_SECONDS),
  parameters: json,
  toAgentId: z.string().nullable(),
};

/** A recovery without its reason. */
export const recoveryShapeSchema = z.object(recoveryFields);

export const recoverySchema = z.object({ ...recoveryFields, reason: z.string().max(2_000) });

/** A failed task, what was tried, and what is left. */
export const recoveryQuestionSchema = z.object({
  scenario: z.enum(['error_recovery', 'delegation_error']),
  intelligenceLevel: z.enum(INTELLIGENCE_LEVELS),
  executionMode: z.enum(EXECUTION_MODES),
  /** null: there is no run. */
  assisted: z.boolean().nullable(),
  task: z.object({ taskType: z.string(), description: z.string(), parameters: json }),
  error: z.object({
    code: z.string(),
    class: z.enum(ERROR_CLASSES),
    message: z.string(),
  }),
  situation: z.object({
    effect: z.enum(EFFECTS).nullable(),
    optional: z.boolean(),
    alternativesLeft: z.int(),
    hasCompensation: z.boolean(),
    adjustable: z.array(z.string()),
    agentIds: z.array(z.string()),
  }),
  /** Those of `situation.agentIds`. */
  agents: z.array(z.object({ id: z.string(), name: z.string(), capabilities: z.array(z.string()) })),
  /** Hosts the definition names. */
  hosts: z.array(z.string()),
  /** Of this task, whoever proposed it. */
  tried: z.array(recoveryShapeSchema),
  /** Recoveries that did not help against the same kind of failure when they were last tried, in any run. */
  doubtful: z.array(recoveryShapeSchema),
  /** For people; null: none answers. */
  knownRule: z.string().nullable(),
  assistedRecoveries: z.object({ ofTask: z.int(), ofRun: z.int() }),
});
export type RecoveryQuestion = z.output<typeof recoveryQuestionSchema>;
