/** Errors of the network on the way to PostgreSQL. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * SQLSTATEs under which the same request may succeed later: no connection (08), no such database or role now (3D000,
 * 28), too many connections (53300), shutting down or starting (57P), a conflict or time limit (40001, 40P01, 57014, 55P03).
 * PostgreSQL 18, appendix A.
 */
const SQL_STATES = /^(08...|28...|3D000|53300|57P..|57014|40001|40P01|55P03)$/;

/** pg, its pool and our own session report some lost connections by message only. */
const MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection error|session connection is down/i;

function isAway(error: Error): boolean {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (NETWORK_CODES.has(code) || SQL_STATES.test(code))) return true;
  return error.name === 'ConnectionException' || MESSAGES.test(error.message);
}

/** Whether an error, or one it was caused by, says that the database cannot be asked right now. */
export function isDatabaseAway(error: unknown): boolean {
  const seen = new Set<unknown>();
  const open: unknown[] = [error];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!(next instanceof Error) || seen.has(next)) continue;
    seen.add(next);
    if (isAway(next)) return true;
    open.push(next.cause);
    if (next instanceof AggregateError) open.push(...(next.errors as unknown[]));
  }
  return false;
}
