import type { Statement } from '../../../database/unit-of-work.js';
import { FEATURES_CHANNEL } from '../../features.channel.js';
import type { SwitchChange } from '../switch-store.port.js';

/** All of a table of a few rows. */
export const ALL_SWITCHES: Statement = {
  text: 'select feature, setting, version, changed_by, changed_at from feature_switches',
  values: [],
};

/** A lock that also holds where there is no row yet. */
export const lockFeature = (feature: string): Statement => ({
  text: `select pg_advisory_xact_lock(hashtextextended('feature ' || $1, 0))`,
  values: [feature],
});

/** By primary key. */
export const selectSwitch = (feature: string): Statement => ({
  text: `${ALL_SWITCHES.text} where feature = $1`,
  values: [feature],
});

export const writeChange = (change: SwitchChange): Statement => ({
  text: `
with written as (
  insert into feature_switches (feature, setting, version, changed_by, changed_at)
  values ($1, $4::jsonb, $2, $6, $7)
  on conflict (feature) do update set setting = excluded.setting, version = excluded.version,
    changed_by = excluded.changed_by, changed_at = excluded.changed_at
), kept as (
  insert into feature_changes (feature, version, before, after, comment, changed_by, changed_at)
  values ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7)
)
select pg_notify('${FEATURES_CHANNEL}', $1)`,
  values: [
    change.feature,
    change.version,
    JSON.stringify(change.before),
    JSON.stringify(change.after),
    change.comment,
    change.changedBy,
    change.changedAt.toISOString(),
  ],
});

/** By primary key, backwards. */
export const selectChanges = (feature: string, before: number | null, limit: number): Statement => ({
  text: `
select feature, version, before, after, comment, changed_by, changed_at from feature_changes
where feature = $1 and ($2::integer is null or version < $2) order by version desc limit $3`,
  values: [feature, before, limit],
});
