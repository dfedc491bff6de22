import { assertNever } from '../../../common/assert-never.js';
import { personAnswer } from '../person-question.js';
import type { TaskFailure } from '../../../tasks/domain/task-error.js';
import type { StepBuilder } from '../step-builder.js';
import { retryNow } from './answers.js';
import { type Helper, helperOf } from './helpers.js';
import { failTask, finishTask } from './progress.js';
import { clearUp, tryOtherwise } from './recovery.js';

/** What helpers of recoveries came to: the tasks they helped go on, which may end helpers of others. */
export function followUp(step: StepBuilder): void {
  for (let index = step.nextEndedHelper(); index !== undefined; index = step.nextEndedHelper()) {
    const { parent } = step.plan(index);
    const helper = parent === null ? null : helperOf(step, parent);
    if (parent === null || helper?.index !== index || step.task(parent).status !== 'waiting') continue;
    goOn(step, parent, { index, kind: helper.kind });
  }
}

function goOn(
  step: StepBuilder,
  task: number,
  { index, kind }: { readonly index: number; readonly kind: Helper['kind'] },
): void {
  const { error } = step.task(task);
  const { status, result } = step.task(index);
  if (error === null) return;
  if (status !== 'succeeded') return failTask(step, task, error);
  if (kind === 'compensation') return retryNow(step, task, 'compensated');
  decided(step, task, error, result !== null && 'json' in result ? result.json : '');
}

const NO_ANSWER = { action: 'fail', by: 'unknown', toAgentId: null, comment: null } as const;

/** A person has chosen. */
function decided(step: StepBuilder, task: number, error: TaskFailure, json: string): void {
  const answer = json === '' ? null : personAnswer(json);
  const { attempt, alternative } = step.task(task);
  const { alternatives } = step.plan(task);
  const { action, by, toAgentId, comment } = answer ?? NO_ANSWER;
  const applied = { attempt, action, source: 'person', by };
  step.event('recovery.applied', comment === null ? applied : { ...applied, comment }, task);
  switch (action) {
    case 'retry':
      return retryNow(step, task, 'asked');
    case 'delegate':
      if (toAgentId === null) return retryNow(step, task, 'asked');
      return tryOtherwise(step, task, { action, toAgentId }, by);
    case 'alternative':
      if (alternative >= alternatives) return failTask(step, task, error);
      return tryOtherwise(step, task, { action }, by);
    case 'compensate':
      return clearUp(step, task, error);
    case 'skip':
      return finishTask(step, task, 'skipped', { error });
    case 'fail':
      return failTask(step, task, error);
    default:
      return assertNever(action);
  }
}
