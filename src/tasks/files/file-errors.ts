import { TaskError, type ErrorClass } from '../domain/task-error.js';

export function pathNotAllowed(path: string, reason: string): TaskError {
  return new TaskError({
    code: 'path_not_allowed',
    class: 'permanent',
    effect: 'none',
    message: `The path ${JSON.stringify(path)} is not allowed: ${reason}`,
  });
}

export const errorCodeOf = (error: unknown): string | undefined =>
  (error as NodeJS.ErrnoException | undefined)?.code;

const CAUSES: Readonly<Record<string, { code: string; class: ErrorClass; reason: string }>> = {
  ENOSPC: { code: 'disk_full', class: 'resource', reason: 'the disk is full. Free some space, then retry.' },
  EDQUOT: {
    code: 'disk_full',
    class: 'resource',
    reason: 'the disk quota is used up. Free some space, then retry.',
  },
  EACCES: {
    code: 'access_denied',
    class: 'resource',
    reason: 'the service has no permission. Ask an operator for it.',
  },
  EPERM: {
    code: 'access_denied',
    class: 'resource',
    reason: 'the service has no permission. Ask an operator for it.',
  },
  EROFS: { code: 'read_only', class: 'resource', reason: 'the file system is read-only. Ask an operator.' },
  EMFILE: { code: 'too_many_open_files', class: 'resource', reason: 'too many files are open. Retry later.' },
  EISDIR: { code: 'not_a_file', class: 'invalid_input', reason: 'it is a folder.' },
  ENOTDIR: {
    code: 'not_a_file',
    class: 'invalid_input',
    reason: 'a part of the path is a file, not a folder.',
  },
  EEXIST: {
    code: 'not_a_file',
    class: 'invalid_input',
    reason: 'a part of the path is a file, not a folder.',
  },
  ENAMETOOLONG: { code: 'invalid_path', class: 'invalid_input', reason: 'a name in it is too long.' },
};

/** What the operating system refused, as a failure a recovery can decide on; anything else stays as it is. */
export function fileError(error: unknown, doing: 'read' | 'write', path: string): unknown {
  const cause = CAUSES[errorCodeOf(error) ?? ''];
  if (error instanceof TaskError || cause === undefined) return error;
  return new TaskError({
    code: cause.code,
    class: cause.class,
    effect: 'none',
    message: `Cannot ${doing} ${JSON.stringify(path)}: ${cause.reason}`,
    cause: error,
  });
}
