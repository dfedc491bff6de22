import { Injectable } from '@nestjs/common';
import { type PermitAnswer, type PermitRequest, PermitsStore } from './permits-store.port.js';

/** Which agents' tasks need a permit, as this process knows it, and asking for one. */
@Injectable()
export class Permits {
  /** With the number of the look that was the last one when the agent was learned of. */
  private readonly limited = new Map<string, number>();
  private looks = 0;

  constructor(private readonly store: PermitsStore) {}

  isNeeded(agentId: string): boolean {
    return this.limited.has(agentId);
  }

  /** What a claim has read: newer than any look that is under way. */
  learn(agentIds: readonly string[]): void {
    for (const id of agentIds) this.limited.set(id, this.looks);
  }

  /** Looks again which agents have a limit, or take no tasks now. */
  async look(): Promise<void> {
    this.looks += 1;
    const look = this.looks;
    const found = new Set(await this.store.limitedAgents());
    for (const [id, learned] of this.limited) if (learned < look && !found.has(id)) this.limited.delete(id);
    this.learn([...found]);
  }

  take(request: PermitRequest): Promise<PermitAnswer> {
    return this.store.take(request);
  }
}
