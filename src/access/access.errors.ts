import { TandemError } from '../common/tandem-error.js';
import type { ScopeName } from './domain/scopes.js';

const HOW = 'Send Authorization: Bearer tdm_<id>_<secret>.';

/** Why somebody is not let in; each is a code of a problem. */
const REFUSALS = {
  credentials_missing: `This deployment wants an API key. ${HOW}`,
  credentials_malformed: `The Authorization header holds no API key. ${HOW}`,
  credentials_unknown: 'The API key is not one of this deployment, or was revoked.',
  credentials_expired:
    'The API key has expired. Ask for a new one, or have it rotated: npm run key -- rotate <id>.',
} as const;
export type Refusal = keyof typeof REFUSALS;

export const refused = (code: Refusal): TandemError =>
  new TandemError({ kind: 'unauthenticated', code, message: REFUSALS[code] });

export const scopeMissing = (scope: ScopeName): TandemError =>
  new TandemError({
    kind: 'forbidden',
    code: 'scope_missing',
    message: `The API key does not grant ${scope}, which this route needs.`,
    details: { scope },
  });

export const tooMany = (limit: number, retryAfterSeconds: number): TandemError =>
  new TandemError({
    kind: 'too_many',
    code: 'too_many_requests',
    message: `At most ${limit} requests a minute are answered here. Wait ${retryAfterSeconds} s.`,
    details: { retryAfterSeconds },
  });
