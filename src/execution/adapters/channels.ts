/** NOTIFY channels of this database. Payloads are hints: whoever listens also polls. */

/** Run ids whose events or state changed, comma-separated; `*` for too many to name. */
export const RUNS_CHANNEL = 'tandem_runs';
/** Id of a run with a new signal. */
export const SIGNALS_CHANNEL = 'tandem_signals';
