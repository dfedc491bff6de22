import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AgentsService } from '../../agents/agents.service.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';

const KEPT = 1_000;
const KEPT_MS = 60_000;

/** Names of workflows and agents, for the names of spans; read only where runs are traced. */
@Injectable()
export class TraceNames {
  private readonly names = new LRUCache<string, Promise<string | null>>({ max: KEPT, ttl: KEPT_MS });

  constructor(
    private readonly workflows: WorkflowsService,
    private readonly agents: AgentsService,
  ) {}

  /** null: it has none any more, or cannot be asked now. */
  workflow(id: string): Promise<string | null> {
    return this.name(id, () => this.workflows.find(id));
  }

  agent(id: string): Promise<string | null> {
    return this.name(id, () => this.agents.find(id));
  }

  private name(id: string, find: () => Promise<{ readonly name: string } | null>): Promise<string | null> {
    const known = this.names.get(id);
    if (known !== undefined) return known;
    const found = find().then(
      (named) => named?.name ?? null,
      () => {
        this.names.delete(id);
        return null;
      },
    );
    this.names.set(id, found);
    return found;
  }
}
