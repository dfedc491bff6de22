import { Injectable } from '@nestjs/common';
import type { JsonValue } from '../../common/json.js';
import { TaskError } from '../../tasks/domain/task-error.js';
import type { Availability, TaskContext } from '../../tasks/domain/task-type.js';
import { Asker } from '../calls/asker.service.js';
import { parseModelName } from '../calls/candidates.js';
import { NoAnswer, type NoAnswerReason } from '../calls/no-answer.js';
import type { Answered, Question } from '../calls/question.js';
import { ProviderRegistry } from '../providers/provider.registry.js';
import type { ModelTaskType } from './model-task-types.js';
import { MAX_PROMPT_BYTES } from './prompt-limits.js';
import { Redactor } from '../redaction/redactor.js';

/** A question as a task asks it. */
export type TaskQuestion = Pick<
  Question,
  'system' | 'maxOutputTokens' | 'temperature' | 'output' | 'read'
> & { readonly interactionType: ModelTaskType; readonly prompt: string; readonly model?: string | undefined };

const BUDGET: ReadonlySet<NoAnswerReason> = new Set(['budget_exhausted']);
/** The same task fails the same way again. */
const INVALID: ReadonlySet<NoAnswerReason> = new Set(['prompt_too_large', 'redaction_failed']);
/** Trying again may help. */
const TRANSIENT: ReadonlySet<NoAnswerReason> = new Set([
  'ledger_unavailable',
  'model_failed',
  'timeout',
  'aborted',
]);

/** What `llm.*` tasks share: asking, and failing as every task fails. */
@Injectable()
export class ModelTasks {
  constructor(
    private readonly asker: Asker,
    private readonly registry: ProviderRegistry,
    private readonly redactor: Redactor,
  ) {}

  availability(): Availability {
    if (this.registry.isAnyAvailable) return { available: true };
    const reason =
      'No provider of models is configured: set OPENAI_API_KEY, ANTHROPIC_API_KEY, GOOGLE_API_KEY, OPENAI_COMPATIBLE_BASE_URL or LLM_SCRIPT, and see GET /api/v1/llm/providers.';
    return { available: false, reason, temporary: true };
  }

  /** Fails as `TaskError`: `model_unavailable`, `budget_exhausted`, `model_refused`, … */
  async ask({ prompt, model, ...question }: TaskQuestion, taskContext: TaskContext): Promise<Answered> {
    const { agentId, workflowId, runId, id: taskId, signal } = taskContext;
    const context = { agentId, workflowId, runId, taskId };
    const wanted = model === undefined ? undefined : parseModelName(model);
    const deadline = this.asker.deadline(signal);
    try {
      const choice = await this.asker.choose({ context, wanted });
      const asked: Question = {
        ...question,
        system: question.system === null ? null : this.redact(question.system),
        messages: [{ role: 'user', text: this.redact(prompt) }],
        promptVersion: `${question.interactionType}@1`,
        maxInputBytes: MAX_PROMPT_BYTES,
      };
      return await this.asker.ask(asked, choice, context, deadline);
    } catch (error) {
      throw error instanceof NoAnswer ? toTaskError(error) : error;
    } finally {
      deadline.stop();
    }
  }

  private redact(text: string): string {
    try {
      return this.redactor.secrets(text as JsonValue) as string;
    } catch {
      throw new NoAnswer(
        'redaction_failed',
        'Secrets could not be kept out of the prompt, so no model was asked.',
      );
    }
  }
}

function toTaskError({ reason, detail, lasts }: NoAnswer): TaskError {
  const base = { message: detail, effect: 'none' } as const;
  if (BUDGET.has(reason)) return new TaskError({ ...base, code: reason, class: 'budget', retryable: false });
  if (INVALID.has(reason)) return new TaskError({ ...base, code: reason, class: 'invalid_input' });
  const code = `model_${reason.replace(/^model_/, '')}`;
  if (TRANSIENT.has(reason) && !lasts) return new TaskError({ ...base, code, class: 'transient' });
  // Each has been paid, and the same question ends the same way.
  if (reason === 'refused' || reason === 'truncated' || reason === 'invalid_answer')
    return new TaskError({ ...base, code: `model_${reason}`, class: 'unexpected', retryable: false });
  const unavailable = reason === 'model_failed' ? code : 'model_unavailable';
  return new TaskError({ ...base, code: unavailable, class: 'dependency', retryable: !lasts });
}
