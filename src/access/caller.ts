/** Who sends a request. */
export interface Caller {
  readonly id: string;
}

/** Everybody, while AUTH_MODE is `none`. */
export const ANONYMOUS: Caller = { id: 'anonymous' };

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard before any handler or interceptor runs. */
    caller: Caller;
  }
}
