import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { Contributes } from '../../../src/common/ports.js';
import type { Proposal } from '../../../src/execution/domain/proposal.js';
import {
  RECOVERY_ADVISOR,
  type RecoveryAdvisor,
  type RecoveryContext,
} from '../../../src/execution/recovery-advisor.port.js';
import { TaskError } from '../../../src/tasks/domain/task-error.js';
import { done, type TaskOutcome } from '../../../src/tasks/domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../../src/tasks/domain/task-type.js';
import { TaskType } from '../../../src/tasks/task-type.decorator.js';
import { reach } from './die-at.js';
import type { LedgerAnswer } from './ledger.js';

const { LEDGER_URL = '' } = process.env;

const parameters = z.strictObject({ effect: z.enum(['idempotent', 'irreversible']) });
type Parameters = z.output<typeof parameters>;

/** Pays into the ledger of the harness: an effect that can be counted. */
@TaskType({
  name: 'ledger.pay',
  description: 'For tests.',
  parameters,
  result: z.unknown(),
  effects: ({ effect }: Parameters) => effect,
  examples: [],
})
class LedgerTask implements TaskHandler<Parameters> {
  async execute({ effect }: Parameters, context: TaskContext): Promise<TaskOutcome<unknown>> {
    const { runId, taskId, attempt, idempotencyKey: key, signal } = context;
    reach('effect.before');
    try {
      const body = JSON.stringify({ key, runId, taskId, attempt, effect });
      const answer = await fetch(LEDGER_URL, { method: 'POST', body, signal });
      if (!answer.ok) throw new Error(`The ledger answered ${answer.status}.`);
      const paid = (await answer.json()) as LedgerAnswer;
      reach('effect.after');
      return done(paid);
    } catch (error) {
      // Nobody knows whether the ledger has it: the default.
      throw new TaskError({
        code: 'ledger_away',
        class: 'transient',
        message: String(error),
        retryable: true,
      });
    }
  }
}

/** Is asked about `test.fail`, takes a moment and follows the rules: failures go through `recovering`. */
@Injectable()
@Contributes(RECOVERY_ADVISOR)
class SlowAdvisor implements RecoveryAdvisor {
  isAsked({ task: { taskType } }: RecoveryContext): boolean {
    return taskType === 'test.fail';
  }

  async advise({ rules }: RecoveryContext): Promise<Proposal> {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return rules;
  }
}

@Module({ providers: [LedgerTask] })
export class LedgerModule {}

/** Where no model is: the chaos has an advisor of its own. */
@Module({ providers: [SlowAdvisor] })
export class SlowAdvisorModule {}
