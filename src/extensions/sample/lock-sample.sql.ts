import type { Statement } from '../../index.js';

/** Any fixed number: processes that start at once take turns at looking whether the sample is there. */
const SAMPLE_LOCK = '3061874529071';

/** Held until the transaction ends. Plan: one function call, no table. */
export const lockSampleStatement = (): Statement => ({
  text: 'select pg_advisory_xact_lock($1)',
  values: [SAMPLE_LOCK],
});
