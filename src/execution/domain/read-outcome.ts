import type { JsonObject, JsonValue } from '../../common/json.js';
import { storableMessage, type TaskFailure } from '../../tasks/domain/task-error.js';
import type { Note, TaskOutcome } from '../../tasks/domain/task-outcome.js';
import { encodeResult } from './encode-result.js';

/** What a handler answered, proved to be storable. */
export type ReadOutcome =
  | { readonly kind: 'done'; readonly json: string; readonly isLarge: boolean; readonly note?: Note }
  | {
      readonly kind: 'waits';
      readonly waitingFor: 'timer' | 'person';
      readonly wakeAt: number | null;
      readonly wait: JsonObject;
    }
  | { readonly kind: 'childRun'; readonly workflowId: string; readonly input: JsonValue }
  | { readonly kind: 'unfit'; readonly failure: TaskFailure };

function waits(waitingFor: 'timer' | 'person', wakeAt: number | null, wait: unknown): ReadOutcome {
  const encoded = encodeResult(wait);
  if ('failure' in encoded) return { kind: 'unfit', failure: encoded.failure };
  return { kind: 'waits', waitingFor, wakeAt, wait: JSON.parse(encoded.json) as JsonObject };
}

/** PostgreSQL reads ISO 8601 up to this year, and no time before the epoch is worth waiting for. */
const LATEST_WAKE_AT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function show(answer: unknown): string {
  try {
    return storableMessage(
      typeof answer === 'object' ? Object.prototype.toString.call(answer) : String(answer),
    );
  } catch {
    return `a value of type ${typeof answer}`;
  }
}

function noOutcome(answer: unknown): ReadOutcome {
  const shown = show(answer);
  const message = `The handler answered ${shown}, which is no outcome. Return done(result).`;
  return {
    kind: 'unfit',
    failure: { code: 'no_outcome', class: 'permanent', message, retryable: false, effect: 'unknown' },
  };
}

/** Total: whatever a handler returned becomes a result to store, a wait, or a failure that says what is wrong. */
export function readOutcome(outcome: TaskOutcome<unknown>): ReadOutcome {
  try {
    return readKind(outcome);
  } catch {
    return noOutcome(outcome);
  }
}

/** One that cannot be stored is left out: the result is what counts. */
function noteOf(outcome: TaskOutcome<unknown>): { readonly note?: Note } {
  if (outcome.kind !== 'done' || outcome.note?.type !== 'decision.made') return {};
  const encoded = encodeResult(outcome.note.data);
  if ('failure' in encoded || encoded.isLarge) return {};
  return { note: { type: 'decision.made', data: JSON.parse(encoded.json) as JsonObject } };
}

function readKind(outcome: TaskOutcome<unknown>): ReadOutcome {
  switch (outcome?.kind) {
    case 'done':
    case 'waitForChildren': {
      const encoded = encodeResult(outcome.result);
      return 'failure' in encoded
        ? { kind: 'unfit', failure: encoded.failure }
        : { kind: 'done', ...encoded, ...noteOf(outcome) };
    }
    case 'waitUntil': {
      const wakeAt = outcome.at instanceof Date ? outcome.at.getTime() : Number.NaN;
      return Number.isFinite(wakeAt)
        ? waits('timer', Math.min(Math.max(wakeAt, 0), LATEST_WAKE_AT), { result: outcome.result ?? null })
        : noOutcome('an invalid date');
    }
    case 'waitForPerson': {
      const { form, question, details, answerSchema } = outcome;
      const asked = { form, question, details: details ?? null };
      return waits('person', null, answerSchema === undefined ? asked : { ...asked, answerSchema });
    }
    case 'childRun': {
      const { workflowId, input } = outcome;
      const encoded = encodeResult(input);
      return 'failure' in encoded
        ? { kind: 'unfit', failure: encoded.failure }
        : { kind: 'childRun', workflowId: String(workflowId), input: JSON.parse(encoded.json) as JsonValue };
    }
    default:
      return noOutcome(outcome);
  }
}
