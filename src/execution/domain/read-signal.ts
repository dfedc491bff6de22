import { isJsonObject, type JsonValue } from '../../common/json.js';
import type { SignalBody } from './run-input.js';

/** A stored signal as `advanceRun` takes it; what this version does not know is refused, not left for ever. */
export function readSignal(kind: string, task: number | null, stored: JsonValue): SignalBody {
  const payload = isJsonObject(stored) ? stored : {};
  const by = typeof payload['by'] === 'string' ? payload['by'] : 'unknown';
  const comment = typeof payload['comment'] === 'string' ? payload['comment'] : null;
  if (kind === 'cancel') return { kind, by };
  if ((kind === 'approve' || kind === 'reject') && task !== null) return { kind, task, by, comment };
  return { kind: 'unsupported', name: kind };
}
