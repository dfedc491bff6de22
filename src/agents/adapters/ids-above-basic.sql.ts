import type { Statement } from '../../database/unit-of-work.js';

/** By the partial index on agents whose level is another one. */
export const idsAboveBasicStatement = (): Statement => ({
  text: `select id from agents where intelligence_level <> 'basic'`,
  values: [],
});
