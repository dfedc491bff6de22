import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { Clock } from '../../common/clock.js';
import { decodeCursor, type Page, toPage } from '../../common/cursor.js';
import { assertMatches, etagOf } from '../../common/http/etag.js';
import { ConflictError } from '../../common/tandem-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OpenFeatureFlags } from '../adapters/open-feature-flags.js';
import { ON } from '../domain/feature-switch.js';
import type { PutFeature } from './switch.schemas.js';
import { SwitchBoard } from './switch-board.js';
import { type SwitchChange, SwitchStore } from './switch-store.port.js';

const LIST = 'feature-changes';

/** Turns switches, and keeps who did. */
@Injectable()
export class Switches {
  constructor(
    private readonly store: SwitchStore,
    private readonly board: SwitchBoard,
    private readonly flags: OpenFeatureFlags,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Known in this process when it resolves. Fails as `stale`, `features_managed_elsewhere`. */
  async put(
    feature: string,
    { comment = null, ...after }: Omit<PutFeature, 'comment'> & { readonly comment?: string | null },
    { changedBy, ifMatch }: { readonly changedBy: string; readonly ifMatch: string | undefined },
  ): Promise<void> {
    this.assertOwn(feature);
    await this.work.transactional(async () => {
      const stored = await this.store.lock(feature);
      const before = stored?.setting ?? ON;
      assertMatches(ifMatch, etagOf(before));
      if (isDeepStrictEqual(before, after)) return;
      const version = (stored?.version ?? 0) + 1;
      const changedAt = this.clock.now();
      await this.store.write({ feature, version, before, after, comment, changedBy, changedAt });
    });
    await this.board.look();
  }

  async changes(feature: string, limit: number, cursor: string | undefined): Promise<Page<SwitchChange>> {
    const before = decodeCursor(cursor, LIST);
    const changes = await this.store.changes(feature, before === null ? null : Number(before), limit + 1);
    return toPage(changes, limit, ({ version }) => String(version), LIST);
  }

  private assertOwn(feature: string): void {
    const { managedBy } = this.flags;
    if (managedBy === null) return;
    throw new ConflictError(
      'features_managed_elsewhere',
      `The switches of this deployment are kept by ${managedBy}. Turn ${feature} there.`,
    );
  }
}
