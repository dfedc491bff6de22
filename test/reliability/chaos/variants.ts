import type { Replacement } from './member.js';
import { KillRound } from './kills.js';
import type { Round } from './play.js';
import { calm, stops } from './rounds.js';

/** Tandem, broken on purpose: the harness has to notice. */
export interface Variant {
  readonly name: string;
  readonly replacements: readonly Replacement[];
  readonly round: Round;
  /** What must be found, one of these. */
  readonly finds: RegExp;
}

const SQL = 'src/execution/adapters';

export const VARIANTS: readonly Variant[] = [
  {
    name: 'no-fencing',
    replacements: [
      {
        file: `${SQL}/checkpoint.sql.ts`,
        text: 'where id = x.run_id and epoch = x.epoch and',
        by: 'where id = x.run_id and',
      },
      {
        file: `${SQL}/park-run.sql.ts`,
        text: 'where id = $1 and epoch = $2 and',
        by: 'where id = $1 and $2::bigint > 0 and',
      },
    ],
    round: { name: 'stops without fencing', faults: stops(8) },
    finds: /^I[2356]/,
  },
  {
    name: 'no-signal-check',
    replacements: [
      { file: `${SQL}/park-run.sql.ts`, text: 'and signal_seq = $3 and', by: 'and $3::bigint >= 0 and' },
    ],
    round: { name: 'parks without a look at signals', faults: calm(35) },
    finds: /^I11/,
  },
  {
    name: 'blind-retry',
    replacements: [
      {
        file: 'src/execution/domain/advance/failure.ts',
        text: "if (effect === 'irreversible') return becomeUnknown(step, task, 'its process ended while it ran');",
        by: 'void effect;',
      },
    ],
    round: {
      name: 'irreversible tasks repeated',
      faults: (harness) =>
        new KillRound(harness, { kills: 16, points: Array<string>(8).fill('effect.after') }).run(),
    },
    finds: /irreversible/,
  },
];
