import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AGENTS_CHANNEL, readAgentNotice } from '../agents/agents.channel.js';
import { AgentsService } from '../agents/agents.service.js';
import { SessionConnection } from '../database/session-connection.js';

/**
 * The agents whose level lets a model be asked at all. Kept in memory, so that a failure of any other agent costs
 * nothing; a change is heard of as soon as it is committed.
 */
@Injectable()
export class HelpedAgents implements OnApplicationBootstrap {
  private readonly logger = new Logger('Inference');
  private ids = new Set<string>();

  constructor(
    private readonly agents: AgentsService,
    private readonly session: SessionConnection,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.session.listen(AGENTS_CHANNEL, (notice) => this.hear(notice));
    this.session.onReconnect(() => void this.load());
    await this.load();
  }

  get isEmpty(): boolean {
    return this.ids.size === 0;
  }

  has(agentId: string | null): boolean {
    return agentId !== null && this.ids.has(agentId);
  }

  private hear(notice: string): void {
    const { id, intelligenceLevel } = readAgentNotice(notice);
    if (intelligenceLevel === 'basic') this.ids.delete(id);
    else this.ids.add(id);
  }

  /** All of them, at the start and whenever notices may have been lost. */
  private async load(): Promise<void> {
    try {
      this.ids = new Set(await this.agents.idsAboveBasic());
    } catch (error) {
      this.logger.warn(`Levels of agents cannot be read now: ${(error as Error).message}`);
    }
  }
}
