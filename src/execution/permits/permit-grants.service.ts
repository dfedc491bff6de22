import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AGENTS_CHANNEL, readAgentNotice } from '../../agents/agents.channel.js';
import { AppConfig } from '../../config/config.js';
import { SessionConnection } from '../../database/session-connection.js';
import { FreedPermits } from './freed-permits.js';
import { Permits } from './permits.service.js';
import { PermitsStore } from './permits-store.port.js';

/** Also how soon a permit is handed out whose giver died before it could. */
const SWEEP_INTERVAL_MS = 5_000;
const ERROR_DELAY_MS = 500;

/**
 * Hands permits that were given back to the tasks that wait for them, in every process that executes runs; so it does
 * when an agent gets another limit or takes tasks again.
 */
@Injectable()
export class PermitGrants implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Permits');
  private running = false;
  private isStale = true;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly session: SessionConnection,
    private readonly permits: Permits,
    private readonly store: PermitsStore,
    private readonly freed: FreedPermits,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'api') return;
    await this.session.listen(AGENTS_CHANNEL, (notice) => this.onAgentChanged(readAgentNotice(notice).id));
    this.session.onReconnect(() => {
      this.isStale = true;
      this.freed.ring();
    });
    this.running = true;
    this.loop = this.handOut();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.running = false;
    this.freed.ring();
    await this.loop;
  }

  private onAgentChanged(agentId: string): void {
    this.isStale = true;
    this.freed.add([agentId]);
  }

  private async handOut(): Promise<void> {
    let sweepAt = 0;
    while (this.running) {
      try {
        const isSweep = this.isStale || performance.now() >= sweepAt;
        if (isSweep) await this.sweep();
        if (isSweep) sweepAt = performance.now() + SWEEP_INTERVAL_MS;
        const agentIds = this.freed.takeAll();
        if (agentIds.length === 0) await this.freed.wait(SWEEP_INTERVAL_MS);
        else await this.grant(agentIds);
      } catch (error) {
        this.logger.warn(`Permits are handed out later: ${(error as Error).message}`);
        await sleep(ERROR_DELAY_MS);
      }
    }
  }

  /** What nobody told us of: notifications are hints, and processes die. */
  private async sweep(): Promise<void> {
    this.isStale = false;
    try {
      await this.permits.look();
      this.freed.add(await this.store.awaitedAgents());
    } catch (error) {
      this.isStale = true;
      throw error;
    }
  }

  private async grant(agentIds: readonly string[]): Promise<void> {
    try {
      // Whoever came in meanwhile may be next.
      while ((await this.store.grant(agentIds)) > 0);
    } catch (error) {
      this.freed.add(agentIds);
      throw error;
    }
  }
}
