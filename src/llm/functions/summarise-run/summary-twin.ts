import { MAX_CHARACTERS, type RunFacts } from './summary.schemas.js';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function seconds(value: number): string {
  if (value < 120) return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} s`;
  return value < 7_200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 3_600)} h`;
}

const NOTABLE: Readonly<Record<string, string>> = {
  'task.retried': 'attempt was repeated',
  'task.delegated': 'task was delegated',
  'task.spawned': 'task was spawned',
  'task.unknown': 'task ended in doubt',
  'task.resolved': 'task in doubt was resolved',
  'run.taken-over': 'time another process took the run over',
  'run.paused': 'time it was paused',
  'recovery.applied': 'recovery was applied',
};

function opening({ status, reason, durationSeconds, tasksByStatus }: RunFacts): string {
  const total = Object.values(tasksByStatus).reduce((sum, count) => sum + count, 0);
  const counts = Object.entries(tasksByStatus).map(([name, count]) => `${count} ${name}`);
  const why = reason === null ? '' : ` (${reason})`;
  const time = durationSeconds === null ? '' : ` after ${seconds(durationSeconds)}`;
  const verb = ['succeeded', 'failed'].includes(status) ? `The run ${status}` : `The run is ${status}`;
  const of = total === 0 ? 'It has no tasks yet.' : `Of ${plural(total, 'task')}: ${listed(counts)}.`;
  return `${verb}${why}${time}. ${of}`;
}

/** A paragraph over the facts: how the run stands, what failed, what was done about it. */
export function summaryOf(facts: RunFacts): string {
  const failures = facts.tasks
    .filter(({ error }) => error !== null)
    .slice(0, 5)
    .map(({ taskId, taskType, status, attempts, error }) => {
      const after = attempts > 1 ? ` after ${plural(attempts, 'attempt')}` : '';
      return `Task ${taskId} (${taskType}) is ${status}${after}: ${(error as string).slice(0, 200).replace(/\.?$/, '.')}`;
    });
  const notable = Object.entries(facts.notable)
    .filter(([type]) => Object.hasOwn(NOTABLE, type))
    .map(([type, count]) => {
      const [noun = '', ...rest] = (NOTABLE[type] as string).split(' ');
      return `${plural(count, noun)} ${rest.join(' ').replace(/^was/, count === 1 ? 'was' : 'were')}`;
    });
  const summary = [
    opening(facts),
    ...failures,
    ...(notable.length > 0 ? [`On the way: ${listed(notable)}.`] : []),
  ].join(' ');
  if (summary.length <= MAX_CHARACTERS) return summary;
  return `${summary.slice(0, MAX_CHARACTERS - 1).toWellFormed()}…`;
}
