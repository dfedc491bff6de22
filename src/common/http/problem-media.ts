/** RFC 9457. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Name of the component that describes a problem in the OpenAPI document. */
export const PROBLEM_COMPONENT = 'Problem';

/** The statuses of problems, with what each says to a reader of the documentation. */
export const PROBLEM_DESCRIPTIONS = {
  400: 'The request is malformed: `errors` lists every field that is wrong.',
  401: 'The credentials are missing or wrong.',
  403: 'The caller may not do this.',
  404: 'There is no such thing.',
  409: 'The state of the resource does not allow this now.',
  412: '`If-Match` names an older version of the resource.',
  413: 'The body is larger than 8 MiB.',
  415: 'The body is not JSON.',
  422: 'The request is well-formed but means something impossible: `errors` lists every issue.',
  429: 'Too many requests; wait as long as `Retry-After` says.',
  503: 'The database is away or the process is draining; try again after `Retry-After` seconds.',
} as const;
export type ProblemStatus = keyof typeof PROBLEM_DESCRIPTIONS;
