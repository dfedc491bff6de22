import { Injectable } from '@nestjs/common';
import { Wakeable } from '../engine/wakeable.js';

/** Agents that may have a permit to hand out: rung when this process has given one back. */
@Injectable()
export class FreedPermits extends Wakeable {
  private agentIds = new Set<string>();

  add(agentIds: readonly string[]): void {
    for (const id of agentIds) this.agentIds.add(id);
    if (agentIds.length > 0) this.ring();
  }

  takeAll(): readonly string[] {
    const taken = [...this.agentIds];
    this.agentIds.clear();
    return taken;
  }
}
