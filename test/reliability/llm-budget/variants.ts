import type { Replacement } from '../chaos/member.js';
import { OVERSPEND } from './money-rules.js';

/** Tandem, broken on purpose: the harness has to notice, by this rule. */
export interface Variant {
  readonly name: string;
  readonly replacements: readonly Replacement[];
  readonly finds: string;
}

const ADMIT = 'src/llm/budget/domain/admit.ts';
const BUDGETS = 'src/llm/budget/adapters/budgets.sql.ts';
const SETTLE = 'src/llm/budget/adapters/settle.sql.ts';
const ATTEMPT = 'src/llm/calls/attempt.ts';
const RESERVE = 'await this.reserve(options, opened);';
const SEND = 'const result = await this.send(options, sent);';

export const VARIANTS: readonly Variant[] = [
  {
    name: 'admission without a look at what is left',
    replacements: [{ file: ADMIT, text: 'left !== null && left < amount', by: 'left !== null && left < 0n' }],
    finds: OVERSPEND,
  },
  {
    name: 'budgets that are read without a lock',
    replacements: [
      {
        file: BUDGETS,
        text: 'where scope = any($1) order by ${LOCK_ORDER} for no key update',
        by: 'where scope = any($1)',
      },
    ],
    finds: 'budgets change by what the calls of the same commit say',
  },
  {
    name: 'only the first scope of a call is checked',
    replacements: [
      { file: ADMIT, text: 'scopes.find((scope) => {', by: 'scopes.slice(0, 1).find((scope) => {' },
    ],
    finds: OVERSPEND,
  },
  {
    name: 'a reservation that goes out beside the request',
    replacements: [
      { file: ATTEMPT, text: RESERVE, by: `void this.reserve(options, opened).catch(() => undefined);` },
    ],
    finds: 'every request has an older reservation',
  },
  {
    name: 'a reservation after the request',
    replacements: [
      { file: ATTEMPT, text: RESERVE, by: '' },
      { file: ATTEMPT, text: SEND, by: `${SEND} ${RESERVE}` },
    ],
    finds: 'every request has an older reservation',
  },
  {
    name: 'answers that are not booked',
    replacements: [
      {
        file: ATTEMPT,
        text: 'this.book(options, sent, { outcome: outcomeOf(result, read), cost, result });',
        by: '',
      },
    ],
    finds: 'whoever lives books what it asked',
  },
  {
    name: 'settlements that are booked as often as they come',
    replacements: [
      {
        file: SETTLE,
        text: "where i.settled_at is null or i.outcome = '${EXPIRED}' order by i.id",
        by: 'order by i.id',
      },
      {
        file: SETTLE,
        text: 'i.cost_nano as booked, i.settled_at is null as is_open, g.cost',
        by: '0 as booked, true as is_open, g.cost',
      },
    ],
    finds: 'spent is the sum of the ledger',
  },
  {
    name: 'failures of unknown bill that cost nothing',
    replacements: [{ file: ATTEMPT, text: "failure.billed === 'no' ? 0n : opened.bound", by: '0n' }],
    finds: 'no bill is lost',
  },
  {
    name: 'a reaper that gives lost calls back',
    replacements: [
      { file: SETTLE, text: 'true as is_open, bound_nano as cost', by: 'true as is_open, 0 as cost' },
      { file: SETTLE, text: 'cost_nano = i.bound_nano', by: 'cost_nano = 0' },
    ],
    finds: 'no bill is lost',
  },
  {
    name: 'no reaper',
    replacements: [
      { file: SETTLE, text: 'where settled_at is null and expires_at < now()', by: 'where false' },
    ],
    finds: 'nothing is reserved',
  },
  {
    name: 'agents that are not counted',
    replacements: [
      {
        file: SETTLE,
        text: 'from locked_agents l join agent_deltas',
        by: 'from locked_agents l join (select * from agent_deltas limit 1)',
      },
    ],
    finds: 'an agent counts the calls and costs of the ledger',
  },
  {
    name: 'half of the cost of an answer',
    replacements: [
      {
        file: ATTEMPT,
        text: 'costOf(result.usage, candidate.description) ?? opened.bound',
        by: '(costOf(result.usage, candidate.description) ?? opened.bound) / 2n',
      },
    ],
    finds: 'an answer is booked with what it cost',
  },
  {
    name: 'a bound that is too low',
    replacements: [{ file: ATTEMPT, text: 'return upperBound(', by: 'return 1n + 0n * upperBound(' }],
    finds: 'nothing is admitted by a closed budget, and none overruns',
  },
];
