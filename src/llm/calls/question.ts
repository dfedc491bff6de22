import { Logger } from '@nestjs/common';
import type { Issue } from '../../common/issue.js';
import type { JsonValue } from '../../common/json.js';
import type { CallContext } from '../budget/ledger.port.js';
import type { ModelMessage, RequestedOutput } from '../domain/model-request.js';
import type { Candidate } from './candidates.js';
import type { Deadline } from './deadline.js';

/** What a model is asked, whichever it is. Redacted already. */
export interface Question {
  readonly interactionType: string;
  readonly promptVersion: string;
  readonly system: string | null;
  readonly messages: readonly ModelMessage[];
  readonly maxInputBytes: number;
  readonly maxOutputTokens: number;
  readonly temperature?: number;
  readonly output?: RequestedOutput;
  /** Reads an answer that ended as it should. Pure. Called by `readSafely`. */
  readonly read: (text: string) => ReadAnswer;
}

/** Why an answer cannot be used. */
export interface Unusable {
  readonly answer?: undefined;
  readonly output?: undefined;
  readonly issues: readonly Issue[];
}

export type ReadAnswer = { readonly answer: JsonValue } | Unusable;

const logger = new Logger('Question');

/** What was read. A reader that throws says nothing of whoever asks: the answer is one it cannot use. */
export function readSafely<T>(interactionType: string, read: () => T): T | Unusable {
  try {
    return read();
  } catch (error) {
    // Its message may quote the answer.
    logger.error(`${interactionType} cannot check an answer: ${(error as Error)?.name ?? 'error'}`);
    return { issues: [{ code: 'unreadable_answer', pointer: '', message: 'The answer cannot be read.' }] };
  }
}

/** Whom to ask, for whom, and until when. */
export interface Asking extends Deadline {
  readonly candidates: readonly Candidate[];
  readonly context: CallContext;
}

export interface Answered {
  readonly answer: JsonValue;
  readonly interactionId: string;
  readonly provider: string;
  readonly model: string;
  /** Of all attempts and repairs of the question, nano-dollars. */
  readonly costNanoUsd: bigint;
  /** What was wrong with the first answer, for which this one was asked; empty: it is the first. */
  readonly sentBack: readonly Issue[];
}
