/** RFC 9457. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Name of the component that describes a problem in the OpenAPI document. */
export const PROBLEM_COMPONENT = 'Problem';

/** The statuses of problems: the component of each in the OpenAPI document and what it says to a reader. */
export const PROBLEM_RESPONSES = {
  400: {
    component: 'Malformed',
    description: 'The request is malformed: `errors` lists every field that is wrong.',
  },
  401: { component: 'Unauthenticated', description: 'The credentials are missing or wrong.' },
  403: { component: 'Forbidden', description: 'The caller may not do this.' },
  404: { component: 'NotFound', description: 'There is no such thing.' },
  409: { component: 'Conflict', description: 'The state of things does not allow this now.' },
  412: { component: 'Stale', description: '`If-Match` names an older version of the resource.' },
  413: { component: 'TooLarge', description: 'The body is larger than 8 MiB.' },
  415: { component: 'UnsupportedMediaType', description: 'The body is not sent as JSON.' },
  422: {
    component: 'Invalid',
    description: 'The request is well-formed but means something impossible: `errors` lists every issue.',
  },
  429: { component: 'TooMany', description: 'Too many requests; wait as long as `Retry-After` says.' },
  503: {
    component: 'Unavailable',
    description: 'The database is away or the process is draining; try again after `Retry-After` seconds.',
  },
} as const;
export type ProblemStatus = keyof typeof PROBLEM_RESPONSES;
