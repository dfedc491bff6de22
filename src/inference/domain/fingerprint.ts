import { createHash } from 'node:crypto';
import type { TaskFailure } from '../../tasks/domain/task-error.js';

const MAX_LENGTH = 200;
/** More of a message says no more, and takes time. */
const MAX_READ = 2_000;

/** What differs from one failure of a kind to the next, in the order it is taken out. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>)\]]+/gi, '<url>'],
  [/[^\s"'<>@]+@[\w-]+(?:\.[\w-]+)+/g, '<mail>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/gi, '<time>'],
  [/\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\b/g, '<time>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, '<host>'],
  [
    /\[[0-9a-f:.]*:[0-9a-f:.]*\](?::\d{1,5})?|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi,
    '<host>',
  ],
  [/\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*(?::\d{1,5})?\b/gi, '<name>'],
  [/\blocalhost(?::\d{1,5})?\b/gi, '<host>'],
  [/\b(?=[a-z_-]*\d)[a-z_-]*[a-z_][\w-]*|\b\d[\d_]*[a-z_][\w-]*/gi, '<id>'],
  [/[-+]?\d+(?:[.,]\d+)*/g, '<n>'],
];

/**
 * What a message says without what differs each time: ids, numbers, hosts, names with dots, times; lower case, one
 * space between words, at most 200 characters. Pure.
 */
export function fingerprintOf(message: string): string {
  const text = VARYING.reduce(
    (rest, [pattern, word]) => rest.replace(pattern, word),
    message.slice(0, MAX_READ),
  );
  return text.toLowerCase().replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH);
}

/** What failures have in common that the same recovery may help. */
export interface FailureKind {
  readonly taskType: string;
  readonly errorClass: TaskFailure['class'];
  readonly fingerprint: string;
  /** Hex SHA-256 over the three. */
  readonly signature: string;
}

/** The kind of a failure. Pure. */
export function failureKindOf(
  taskType: string,
  { class: errorClass, code, message }: Pick<TaskFailure, 'class' | 'code' | 'message'>,
): FailureKind {
  const fingerprint = `${code}: ${fingerprintOf(message)}`;
  const signature = createHash('sha256')
    .update(JSON.stringify([taskType, errorClass, fingerprint]))
    .digest('hex');
  return { taskType, errorClass, fingerprint, signature };
}
