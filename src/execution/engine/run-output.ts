import type { JsonValue } from '../../common/json.js';
import { storableMessage } from '../../tasks/domain/task-error.js';
import type { Definition } from '../../workflows/domain/definition.js';
import { resolveOutput, sinksOf } from '../../workflows/domain/output.js';
import { encodeResult } from '../domain/encode-result.js';
import type { RunState } from '../domain/run-state.js';
import { resultUrlOf } from '../run-views.js';
import type { AttemptHost } from './attempt-host.js';
import { persistently } from './persistently.js';
import type { RunResults } from './run-results.js';

export type RunOutput = { readonly json: string } | { readonly problem: string };

/** Default output whose sinks together exceed what a run can hold: the large ones are named by their address. */
function withAddresses(state: RunState, value: JsonValue): JsonValue {
  const largeIds = new Map<string, string>();
  for (const [index, { result }] of state.tasks.entries()) {
    const plan = state.plan[index];
    if (result !== null && 'payload' in result && plan !== undefined) largeIds.set(plan.taskId, plan.id);
  }
  const members = Object.entries(value as Record<string, JsonValue>).map(
    ([taskId, result]): [string, JsonValue] => {
      const id = largeIds.get(taskId);
      return [taskId, id === undefined ? result : { resultUrl: resultUrlOf(id) }];
    },
  );
  return Object.fromEntries(members);
}

/** Puts the output of a run together when all its tasks have ended. */
async function putOutputTogether(
  definition: Definition,
  state: RunState,
  results: RunResults,
): Promise<RunOutput> {
  const scope =
    definition.output === undefined
      ? await results.scopeOf(state, sinksOf(definition))
      : await results.scopeFor(state, definition.output);
  const output = resolveOutput(definition, scope);
  if ('issues' in output) {
    return { problem: output.issues.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ') };
  }
  let encoded = encodeResult(output.value);
  if ('failure' in encoded && definition.output === undefined)
    encoded = encodeResult(withAddresses(state, output.value));
  return 'failure' in encoded ? { problem: encoded.failure.message } : { json: encoded.json };
}

/** Puts the output together, however long the database is away, and tells the run. */
export async function resolveRunOutput(host: AttemptHost, report: (message: string) => void): Promise<void> {
  try {
    const output = await persistently(() => putOutputTogether(host.definition, host.state, host.results), {
      givenUp: () => host.hasDeparted,
      report,
      what: `The output of run ${host.runId}`,
    });
    if ('json' in output) host.feed({ kind: 'outputResolved', output: output.json });
    else host.feed({ kind: 'outputFailed', message: storableMessage(output.problem) });
  } catch (error) {
    if (host.hasDeparted) return;
    host.feed({ kind: 'outputFailed', message: storableMessage((error as Error).message) });
  }
}
