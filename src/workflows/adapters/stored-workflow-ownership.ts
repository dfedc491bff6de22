import { Injectable } from '@nestjs/common';
import { OWNED_WORKFLOWS, type OwnedWorkflows } from '../../agents/owned-workflows.port.js';
import { Contributes } from '../../common/ports.js';
import { WorkflowsStore } from '../workflows.store.port.js';

/** Tells `agents` what an agent owns before it is deleted. */
@Contributes(OWNED_WORKFLOWS)
@Injectable()
export class StoredWorkflowOwnership implements OwnedWorkflows {
  constructor(private readonly store: WorkflowsStore) {}

  countOwnedBy(agentId: string): Promise<number> {
    return this.store.countOwnedBy(agentId);
  }
}
