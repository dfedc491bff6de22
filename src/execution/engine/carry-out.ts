import { assertNever } from '../../common/assert-never.js';
import type { Command } from '../domain/run-state.js';
import type { AttemptHost } from './attempt-host.js';
import type { Probes } from './probes.js';
import { resolveRunOutput } from './run-output.js';
import type { TaskAttempts } from './task-attempts.js';

/** Whoever does what a step of a run asks for. */
export interface Hands {
  readonly host: AttemptHost;
  readonly attempts: TaskAttempts;
  readonly probes: Probes;
  report(message: string): void;
}

/** Carries out the commands of a step that is stored. */
export function carryOut(commands: readonly Command[], hands: Hands): void {
  for (const command of commands) carryOutOne(command, hands);
}

function carryOutOne(command: Command, { host, attempts, probes, report }: Hands): void {
  switch (command.kind) {
    case 'startAttempt':
      return attempts.request(command.task);
    case 'abortAttempt':
      return attempts.abortOne(command.task, 'Another attempt of this task takes its place.');
    case 'adviseRecovery':
      return void host.scope.inTask(host.state, command.task, () => attempts.recoveries.advise(command.task));
    case 'applyRecovery':
      return attempts.recoveries.apply(command.task);
    case 'probe':
      return void host.scope.inTask(host.state, command.task, () => probes.probe(command.task));
    case 'abortAttempts':
      return attempts.abort('The run has ended.');
    case 'resolveOutput':
      return void resolveRunOutput(host, report);
    default:
      return assertNever(command);
  }
}
