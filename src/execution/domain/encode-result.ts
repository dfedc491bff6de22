import { findUnstorable } from '../../common/storable.js';
import { storableMessage, toFailure, type TaskFailure } from '../../tasks/domain/task-error.js';

/** Results over this many bytes are kept in `task_payloads`. */
export const INLINE_LIMIT_BYTES = 32 * 1024;
export const RESULT_LIMIT_BYTES = 8 * 1024 * 1024;
/** A text this short cannot be nested too deep: every level takes two characters. */
const SHALLOW_LENGTH = 200;

export type EncodedResult =
  { readonly json: string; readonly isLarge: boolean } | { readonly failure: TaskFailure };

function unfit(code: string, message: string): { readonly failure: TaskFailure } {
  // What is wrong with a value is told in its own words: they may be what cannot be stored.
  const failure = { code, class: 'permanent', message: storableMessage(message) } as const;
  return { failure: { ...failure, retryable: false, effect: 'unknown' } };
}

/**
 * Proves that a handler's result can be stored, before it meets the results of other runs in a checkpoint: JSON, at
 * most 8 MiB, no NUL, no lone surrogate, not too deep. An absent result is `null`.
 */
export function encodeResult(result: unknown): EncodedResult {
  let json: string;
  try {
    json = JSON.stringify(result === undefined ? null : result) ?? '';
  } catch (error) {
    return unfit('result_not_storable', `The result is not JSON: ${toFailure(error).message}`);
  }
  if (json === '') return unfit('result_not_storable', `A result of type ${typeof result} is not JSON.`);
  const bytes = Buffer.byteLength(json);
  if (bytes > RESULT_LIMIT_BYTES) {
    return unfit(
      'result_too_large',
      `The result has ${bytes} bytes; at most ${RESULT_LIMIT_BYTES} can be stored. Write it to a file and return its path.`,
    );
  }
  if (json.length > SHALLOW_LENGTH || json.includes('\\u')) {
    const problem = findUnstorable(JSON.parse(json));
    if (problem !== null) {
      return unfit(
        'result_not_storable',
        `The result cannot be stored, at ${problem.pointer || 'its root'}: ${problem.reason}.`,
      );
    }
  }
  return { json, isLarge: bytes > INLINE_LIMIT_BYTES };
}
