import { InvalidInputError } from '../../common/tandem-error.js';

const URL_POINTER = '/url';

export const invalidUrl = (message: string): InvalidInputError =>
  new InvalidInputError('invalid_url', message, [{ code: 'invalid_url', pointer: URL_POINTER, message }]);

export const addressRefused = (message: string): InvalidInputError =>
  new InvalidInputError('address_refused', message, [
    { code: 'address_refused', pointer: URL_POINTER, message },
  ]);

export function unknownWorkflow(id: string): InvalidInputError {
  const message = `There is no workflow with the id ${JSON.stringify(id)}.`;
  return new InvalidInputError('unknown_workflow', message, [
    { code: 'unknown_workflow', pointer: '/workflowId', message },
  ]);
}
