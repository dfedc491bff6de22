import type { BrokenRule, Query } from '../invariants.js';
import type { Visit } from './billing-provider.js';
import type { Ending } from './messages.js';

interface CallRow {
  readonly task_id: string;
  readonly outcome: string;
  readonly cost_nano: string;
  readonly request_id: string | null;
}

/** Outcomes of attempts that somebody answered. */
const ANSWERED = new Set([
  ...['answered', 'invalid', 'refused', 'truncated', 'unfinished', 'failed_rate_limited'],
  ...['failed_overloaded', 'failed_server_error', 'failed_unreadable'],
]);

const sum = (rows: readonly CallRow[]): bigint => rows.reduce((all, row) => all + BigInt(row.cost_nano), 0n);

/**
 * What the books of the provider and the words to callers say against the ledger. `unknown`: calls that nobody can have
 * been told of: their process was killed, or the answer to a reservation was lost. All calls have been settled.
 */
export async function brokenProviderRules(
  query: Query,
  visits: readonly Visit[],
  endings: readonly Ending[],
  unknown: ReadonlySet<string>,
): Promise<BrokenRule[]> {
  const rows = await query<CallRow>('select task_id, outcome, cost_nano, request_id from llm_interactions');
  const rowsOf = Map.groupBy(rows, (row) => row.task_id);
  const rowsById = Map.groupBy(rows, (row) => row.request_id);
  const broken: BrokenRule[] = [];
  const add = (rule: string, detail: string): void => void broken.push({ rule, detail });

  for (const { taskId, requests, reservations, billed, requestId } of visits) {
    if (reservations < requests)
      add('every request has an older reservation', `${taskId}: request ${requests}, ${reservations} rows`);
    const booked = requestId === null ? [] : (rowsById.get(requestId) ?? []);
    if (booked.length > 1) add('no request is booked twice', `${requestId}: ${booked.length} rows`);
    if (booked.some(({ cost_nano }) => BigInt(cost_nano) !== billed))
      add('an answer is booked with what it cost', `${requestId}: billed ${billed}, booked ${sum(booked)}`);
  }
  for (const [taskId, all] of Map.groupBy(visits, (visit) => visit.taskId)) {
    const own = rowsOf.get(taskId) ?? [];
    const billed = all.reduce((total, visit) => total + visit.billed, 0n);
    if (billed > sum(own)) add('no bill is lost', `${taskId}: billed ${billed}, booked ${sum(own)}`);
    const answered = own.filter(({ outcome }) => ANSWERED.has(outcome)).length;
    if (answered > all.length)
      add('no request is booked twice', `${taskId}: ${all.length} requests, ${answered} were answered`);
  }
  for (const { reason } of endings)
    if (reason.startsWith('error: ')) add('a call ends with an answer or a reason', reason);
  for (const [taskId, ends] of Map.groupBy(endings, (ending) => ending.taskId)) {
    const told = ends.reduce((all, { costNanoUsd }) => all + BigInt(costNanoUsd), 0n);
    const booked = sum(rowsOf.get(taskId) ?? []);
    if (told !== booked && !unknown.has(taskId))
      add('a caller is told what its call cost', `${taskId}: told ${told}, booked ${booked}`);
  }
  return broken;
}
