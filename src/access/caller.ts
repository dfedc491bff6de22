import { ALL } from './domain/scopes.js';

/** Who sends a request. */
export interface Caller {
  /** `key:<id>`, or `anonymous`. */
  readonly id: string;
  readonly scopes: readonly string[];
}

/** Everybody, while AUTH_MODE is `none`. */
export const ANONYMOUS: Caller = { id: 'anonymous', scopes: [ALL] };

/** Who came without a key that is let in. */
export const NOBODY: Caller = { id: 'nobody', scopes: [] };

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guards before any handler or interceptor runs. */
    caller: Caller;
  }
}
