/**
 * What an attempt may have done to the outside world.
 * `none`: nothing; `idempotent`: the same as doing it once; `irreversible`: doing it twice does harm.
 */
export const EFFECTS = ['none', 'idempotent', 'irreversible'] as const;
export type Effect = (typeof EFFECTS)[number];
