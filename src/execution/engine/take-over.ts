import { Injectable, Logger } from '@nestjs/common';
import { SessionConnection } from '../../database/session-connection.js';
import { OwnersStore } from '../owners-store.port.js';
import { ProcessIdentity } from './process-identity.js';

const LEASE_MS = 5_000;
const PAGE = 500;

/** Brings back runs whose owner died, and runs that lost their job. Every replica with an engine does this. */
@Injectable()
export class TakeOver {
  private readonly logger = new Logger('TakeOver');
  /** After a reconnect others may have been cut off as well: nobody is judged for one lease. */
  private judgesFrom = 0;

  constructor(
    private readonly owners: OwnersStore,
    private readonly identity: ProcessIdentity,
    session: SessionConnection,
  ) {
    session.onReconnect(() => (this.judgesFrom = performance.now() + LEASE_MS));
  }

  /** Looks for processes that died or were cut off and hands their runs to whoever fetches them first. */
  async inspect(): Promise<void> {
    if (performance.now() < this.judgesFrom) return;
    for (const suspect of await this.owners.findSuspects(this.identity.id)) await this.takeFrom(suspect);
  }

  /** Gives a job to every run that should have a live one and has none. */
  async sweep(): Promise<void> {
    const swept = await this.owners.sweep(PAGE);
    if (swept > 0) this.logger.warn(`${swept} runs had no live job and were queued again`);
  }

  private async takeFrom(ownerId: string): Promise<void> {
    let taken = 0;
    for (let page = PAGE; page === PAGE; taken += page) page = await this.owners.disown(ownerId, PAGE);
    if (taken > 0) this.logger.warn(`Process ${ownerId} is gone; ${taken} of its runs go on elsewhere`);
    await this.owners.forgetIfIdle(ownerId);
  }
}
