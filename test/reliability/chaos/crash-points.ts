import type { Moment, SentStatement } from './statements.js';

/** A named moment at which a process can be made to die. */
export interface CrashPoint {
  readonly name: string;
  /** Before or after the commit of what `is` recognises; null: the task types of the harness reach it themselves. */
  readonly moment: Moment | null;
  readonly is: (statement: SentStatement) => boolean;
  /** What a caller sees then; docs/failure-semantics.md says the same. */
  readonly sees: string;
}

type Recognise = CrashPoint['is'];

const listed = (value: unknown): string[] => (typeof value === 'string' ? value.slice(1, -1).split(',') : []);
const isCheckpoint: Recognise = ({ text }) => text.startsWith('with held as materialized');
/** Columns of the checkpoint statement: eight of runs, then those of tasks (id, run, status, attempt, failed, effect). */
const STATUS = 10;
const EFFECT = 13;
const EVERY_STATUS = 4;

const hasTask =
  (status: string, effect?: string): Recognise =>
  (statement) => {
    if (!isCheckpoint(statement)) return false;
    const effects = listed(statement.values[EFFECT]);
    return listed(statement.values[STATUS]).some(
      (one, index) => one === status && (effect === undefined || effects[index] === effect),
    );
  };
const checkpointWith =
  (part: string): Recognise =>
  (statement) =>
    isCheckpoint(statement) && statement.text.includes(part);
const endsRun: Recognise = (statement) =>
  isCheckpoint(statement) &&
  listed(statement.values[EVERY_STATUS]).some((one) => /succeeded|failed|cancelled/.test(one));
const createsRun =
  (isChild: boolean): Recognise =>
  ({ text, values }) =>
    text.includes("'run.queued'") && String(values[0]).includes('"parent_run_id":"') === isChild;
const signals =
  (which: 'childEnded' | 'permit' | 'others'): Recognise =>
  ({ text, values }) => {
    const [, kind = ''] = /"kind":"(\w+)"/.exec(String(values[0])) ?? [];
    const isOther = kind !== 'childEnded' && kind !== 'permit';
    return text.includes('insert into run_signals') && (which === 'others' ? isOther : kind === which);
  };
const contains =
  (part: string): Recognise =>
  ({ text }) =>
    text.includes(part);
const never: Recognise = () => false;

const NOTHING_LOST = 'nothing: another process goes on within seconds';

const both = (
  name: string,
  is: Recognise,
  [before, after]: readonly [before: string, after: string],
): readonly CrashPoint[] => [
  { name: `${name}.before`, moment: 'before', is, sees: before },
  { name: `${name}.after`, moment: 'after', is, sees: after },
];

export const CRASH_POINTS: readonly CrashPoint[] = [
  ...both('run-start', createsRun(false), [
    'the connection breaks, nothing is stored: send it again',
    'the connection breaks, the run exists: with the key the same answer comes again',
  ]),
  ...both('claim', contains('with requested as ('), [NOTHING_LOST, NOTHING_LOST]),
  ...both('irreversible-start', hasTask('running', 'irreversible'), [
    'the task was never started, and starts elsewhere',
    '`unknown`, though its handler was not called: nobody can know',
  ]),
  {
    name: 'effect.before',
    moment: null,
    is: never,
    sees: 'idempotent: another attempt with the same key; irreversible: `unknown`',
  },
  {
    name: 'effect.after',
    moment: null,
    is: never,
    sees: 'idempotent: another attempt with the same key; irreversible: `unknown`',
  },
  ...both('checkpoint', hasTask('succeeded'), ['another attempt with the same key', 'the result, once']),
  ...both('run-end', endsRun, ['the run ends a little later', 'the run has ended']),
  ...both('large-result', contains('insert into task_payloads'), [
    'another attempt with the same key',
    'another attempt, whose result replaces the one that was saved',
  ]),
  ...both('park', contains("'run.parked'"), ['nothing: it parks elsewhere', 'nothing: it sleeps']),
  ...both('signal', signals('others'), [
    'the connection breaks, nothing is stored: send it again',
    'the connection breaks, it is stored: again is 409, or with the key the same answer',
  ]),
  ...both('signal-applied', checkpointWith('applied_signals'), [
    'it is applied a little later',
    'it is applied, once',
  ]),
  ...both('child-created', createsRun(true), ['one child run, started by the next owner', 'one child run']),
  ...both('child-ended', signals('childEnded'), [
    'the child ends a little later, its parent hears it once',
    'its parent hears it once',
  ]),
  ...both('failure-recorded', hasTask('recovering'), [
    'another attempt',
    'the decision comes from the next owner',
  ]),
  ...both('proposal', checkpointWith('written_proposals'), [
    'the advisor is asked again',
    'what was proposed is applied',
  ]),
  ...both('permit-taken', contains('insert into agent_permits'), [
    'the next owner asks again',
    'the next owner goes on with the permit',
  ]),
  ...both('permit-freed', contains('delete from agent_permits'), [
    'another attempt under the same permit',
    'whoever waits is handed it within 5 s',
  ]),
  ...both('permit-granted', signals('permit'), [
    'another process hands it on within 5 s',
    'nothing: whoever waited goes on',
  ]),
  ...both('job-rotated', contains('set job_id = $3, job_attempt = null'), [NOTHING_LOST, NOTHING_LOST]),
  ...both('job-completed', ({ text }) => /state = 'completed'/.test(text) && /pgboss\.job/.test(text), [
    NOTHING_LOST,
    NOTHING_LOST,
  ]),
  ...both('take-over', contains('owner_id = null, epoch = r.epoch + 1, job_id'), [
    'nothing: yet another process takes over',
    'nothing: yet another process takes over',
  ]),
];

export const crashPointNames: readonly string[] = CRASH_POINTS.map(({ name }) => name);
