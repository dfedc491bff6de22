import type { JsonValue } from '../../../../src/common/json.js';

/** What stands in a recording for a value that is another one each time. */
export type Kind = 'number' | 'text' | 'boolean' | 'list' | 'anything';

/** Whether a client writes what a schema describes, or reads it. */
export type Direction = 'request' | 'response';

/**
 * One request of the scenario and how its answer is kept. Pointers (RFC 6901) lead into `{ status, headers, body }`;
 * those of `varies`, `open` and `schemas` may have `*` for any one segment.
 */
export interface Step {
  /** What the answer shows, unique in the scenario. */
  readonly name: string;
  /** `METHOD /path`. Here, in headers and in the body, `{name}` stands for a value captured before. */
  readonly request: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, a text as it is. */
  readonly body?: JsonValue;
  /** Values of the answer by the name later steps use: `{ 'agent.id': '/body/id' }`. */
  readonly capture?: Readonly<Record<string, string>>;
  /** Asks again until the value is there: for what a run reaches by and by. */
  readonly until?: { readonly pointer: string; readonly equals: JsonValue };
  /** Values that differ from one recording to the next; only their kind is compared. */
  readonly varies?: Readonly<Record<string, Kind>>;
  /** Lists of objects that may grow: the member that tells their items apart. */
  readonly open?: Readonly<Record<string, string>>;
  /** JSON Schemas: compared by what they accept or promise, not by their text. */
  readonly schemas?: Readonly<Record<string, Direction>>;
}

/** The steps about one tag of the API. Later chapters use what earlier ones captured. */
export interface Chapter {
  /** Also the name of the recording. */
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What a recording holds of an answer; an empty body is left out. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
};
