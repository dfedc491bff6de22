import { featureSwitchSchema } from '../switch.schemas.js';
import type { StoredSwitch, SwitchChange } from '../switch-store.port.js';

export interface SwitchRow {
  readonly feature: string;
  readonly setting: unknown;
  readonly version: number;
  readonly changed_by: string;
  readonly changed_at: string | Date;
}

export interface ChangeRow extends Omit<SwitchRow, 'setting'> {
  readonly before: unknown;
  readonly after: unknown;
  readonly comment: string | null;
}

const whoAndWhen = ({ changed_by, changed_at }: Pick<SwitchRow, 'changed_by' | 'changed_at'>) => ({
  changedBy: changed_by,
  changedAt: new Date(changed_at),
});

export const toSwitch = (row: SwitchRow): StoredSwitch => ({
  feature: row.feature,
  setting: featureSwitchSchema.parse(row.setting),
  version: row.version,
  ...whoAndWhen(row),
});

export const toChange = (row: ChangeRow): SwitchChange => ({
  feature: row.feature,
  version: row.version,
  before: featureSwitchSchema.parse(row.before),
  after: featureSwitchSchema.parse(row.after),
  comment: row.comment,
  ...whoAndWhen(row),
});
