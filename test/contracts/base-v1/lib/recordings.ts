import { readFileSync, writeFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../../../src/common/json.js';
import { shorten } from './record-answer.js';
import type { Answer, Chapter, Step } from './step.js';

/** A step as it was played, with its answer: readable without the scenario. */
export interface RecordedStep {
  readonly name: string;
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
  readonly capture?: Readonly<Record<string, string>>;
  readonly answer: Answer;
}

const folder = new URL('../', import.meta.url);
const fileOf = (chapter: Chapter): URL => new URL(`recordings/${chapter.name}.json`, folder);
const DOCUMENT = new URL('openapi.json', folder);

/** What of a step stands in its recording: a step that was changed later does not fit any more. */
export function requestOf({ name, request, headers, body, capture }: Step): Omit<RecordedStep, 'answer'> {
  const sent = typeof body === 'string' ? shorten(body) : body;
  return {
    name,
    request,
    ...(headers === undefined ? {} : { headers }),
    ...(sent === undefined ? {} : { body: sent }),
    ...(capture === undefined ? {} : { capture }),
  };
}

export const readRecording = (chapter: Chapter): readonly RecordedStep[] =>
  JSON.parse(readFileSync(fileOf(chapter), 'utf8')) as RecordedStep[];

export const writeRecording = (chapter: Chapter, steps: readonly RecordedStep[]): void =>
  writeFileSync(fileOf(chapter), `${JSON.stringify(steps, null, 2)}\n`);

export const readDocument = (): JsonObject => JSON.parse(readFileSync(DOCUMENT, 'utf8')) as JsonObject;

export const writeDocument = (text: string): void => writeFileSync(DOCUMENT, text);
