import type { Statement } from '../../database/unit-of-work.js';

/** Any number that no other advisory lock of Tandem uses: 'agent' in ASCII. */
const HIERARCHY_LOCK = 0x61_67_65_6e_74;

/** Waits for the one lock that moves take; released when the transaction ends. Moves are rare and short. */
export const lockHierarchyStatement = (): Statement => ({
  text: 'select pg_advisory_xact_lock($1)',
  values: [HIERARCHY_LOCK],
});
