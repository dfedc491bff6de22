import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { type StoredSwitch, type SwitchChange, SwitchStore } from '../switch-store.port.js';
import { lockFeature, selectChanges, selectSwitch, writeChange } from './switches.sql.js';
import { type ChangeRow, type SwitchRow, toChange, toSwitch } from './switch-rows.js';

@Injectable()
export class PostgresSwitchStore extends SwitchStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async lock(feature: string): Promise<StoredSwitch | null> {
    await this.work.query(lockFeature(feature));
    const [row] = await this.work.query<SwitchRow>(selectSwitch(feature));
    return row === undefined ? null : toSwitch(row);
  }

  override async write(change: SwitchChange): Promise<void> {
    await this.work.query(writeChange(change));
  }

  override async changes(feature: string, before: number | null, limit: number): Promise<SwitchChange[]> {
    const rows = await this.work.query<ChangeRow>(selectChanges(feature, before, limit));
    return rows.map(toChange);
  }
}
