import type { FeatureSwitch } from '../domain/feature-switch.js';

/** What somebody set, when and who. */
export interface StoredSwitch {
  readonly feature: string;
  readonly setting: FeatureSwitch;
  /** 1 with the first change. */
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

export interface SwitchChange {
  readonly feature: string;
  readonly version: number;
  readonly before: FeatureSwitch;
  readonly after: FeatureSwitch;
  readonly comment: string | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

export abstract class SwitchStore {
  /** Locks the switch until the transaction ends and answers it; null: nobody has set it. */
  abstract lock(feature: string): Promise<StoredSwitch | null>;

  /** Stores a change under the lock, and tells all processes once it is committed. */
  abstract write(change: SwitchChange): Promise<void>;

  /** Latest first, those before `version`. */
  abstract changes(feature: string, before: number | null, limit: number): Promise<SwitchChange[]>;
}
