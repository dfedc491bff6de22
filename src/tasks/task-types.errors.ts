import { TandemError } from '../common/tandem-error.js';

export class UnknownTaskTypeError extends TandemError {
  constructor(name: string, existing: readonly string[]) {
    const message = `There is no task type ${JSON.stringify(name)}. There are: ${existing.join(', ')}.`;
    super({
      kind: 'not_found',
      code: 'task_type_not_found',
      message,
      issues: [{ code: 'unknown_task_type', pointer: '', message, allowed: existing }],
    });
  }
}
