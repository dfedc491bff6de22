import { isJsonObject, type JsonObject, type JsonValue } from '../../common/json.js';
import type { TaskDefinition } from '../../workflows/domain/definition.js';
import { RESOLUTIONS, type SignalBody } from './run-input.js';
import { RUN_STATUSES } from './status.js';
import type { RunPatch } from '../../workflows/domain/run-patch.js';
import type { StoredResult } from './run-state.js';

const textOf = (payload: JsonObject, field: string): string | null => {
  const value = payload[field];
  return typeof value === 'string' ? value : null;
};

/** A result is JSON of its own inside a payload, or was stored apart because of its size. */
function resultOf({ result, isLarge }: JsonObject): StoredResult {
  return isLarge === true ? { payload: true } : { json: JSON.stringify(result ?? null) };
}

/** A stored signal as `advanceRun` takes it; what this version does not know is refused, not left for ever. */
export function readSignal(kind: string, task: number | null, stored: JsonValue): SignalBody {
  const payload = isJsonObject(stored) ? stored : {};
  const by = textOf(payload, 'by') ?? 'unknown';
  if (kind === 'cancel' || kind === 'pause' || kind === 'resume') return { kind, by };
  if (kind === 'adapt') return readAdapt(payload, by);
  return (
    (task === null ? null : readTaskSignal(kind, { task, by }, payload)) ?? {
      kind: 'unsupported',
      name: kind,
    }
  );
}

function readAdapt(payload: JsonObject, by: string): SignalBody {
  const [planId, patch] = [textOf(payload, 'planId'), payload['patch']];
  if (planId === null || !isJsonObject(patch)) return { kind: 'unsupported', name: 'adapt' };
  // Whoever sent it has checked it; what no longer fits the run is refused when it is applied.
  return { kind: 'adapt', by, planId, patch: patch as unknown as RunPatch };
}

function readTaskSignal(
  kind: string,
  of: { readonly task: number; readonly by: string },
  payload: JsonObject,
): SignalBody | null {
  const comment = textOf(payload, 'comment');
  switch (kind) {
    case 'approve':
    case 'reject':
      return { ...of, kind, comment };
    case 'complete':
      return { ...of, kind, result: resultOf(payload) };
    case 'resolve': {
      const outcome = RESOLUTIONS.find((known) => known === payload['outcome']);
      if (outcome === undefined) return null;
      return { ...of, kind, outcome, comment, result: outcome === 'succeeded' ? resultOf(payload) : null };
    }
    case 'childEnded': {
      const runId = textOf(payload, 'runId');
      const status = RUN_STATUSES.find((known) => known === payload['status']);
      if (runId === null || status === undefined) return null;
      const end = { runId, status, reason: textOf(payload, 'reason'), result: resultOf(payload) };
      return { ...of, kind, end };
    }
    case 'cancelTask':
    case 'retryTask':
      return { ...of, kind };
    case 'delegate': {
      const toAgentId = textOf(payload, 'toAgentId');
      return toAgentId === null ? null : { ...of, kind, toAgentId };
    }
    case 'permit': {
      const agentId = textOf(payload, 'agentId');
      return agentId === null ? null : { ...of, kind, agentId };
    }
    case 'spawn': {
      const [id, agentId, definition] = [
        textOf(payload, 'id'),
        textOf(payload, 'agentId'),
        payload['definition'],
      ];
      if (id === null || agentId === null || !isJsonObject(definition)) return null;
      return { ...of, kind, id, agentId, definition: definition as unknown as TaskDefinition };
    }
    default:
      return null;
  }
}
