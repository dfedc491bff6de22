import type { Definition } from '../../src/workflows/domain/definition.js';
import type { Workflow } from '../../src/workflows/workflow.js';
import {
  type WorkflowFilter,
  type WorkflowOwner,
  WorkflowsStore,
} from '../../src/workflows/workflows.store.port.js';

/** Passes the same contract as PostgreSQL's store, but for locks: only one unit of work runs at a time. */
export class InMemoryWorkflowsStore extends WorkflowsStore {
  private readonly workflows = new Map<string, Workflow>();
  private readonly definitions = new Map<string, Definition>();

  override insert(workflow: Workflow, definition: Definition | null): Promise<void> {
    this.workflows.set(workflow.id, workflow);
    if (definition !== null) this.definitions.set(workflow.id, structuredClone(definition));
    return Promise.resolve();
  }

  override find(id: string): Promise<Workflow | null> {
    return Promise.resolve(this.workflows.get(id) ?? null);
  }

  override findOwner(id: string): Promise<WorkflowOwner | null> {
    const { ownerAgentId, status } = this.workflows.get(id) ?? {};
    return Promise.resolve(
      ownerAgentId === undefined || status === undefined ? null : { ownerAgentId, status },
    );
  }

  override findDefinition(id: string): Promise<Definition | null> {
    return Promise.resolve(this.definitions.get(id) ?? null);
  }

  override lock(id: string): Promise<Workflow | null> {
    return this.find(id);
  }

  override update(workflow: Workflow): Promise<void> {
    const known = this.workflows.get(workflow.id);
    if (known !== undefined) this.workflows.set(workflow.id, { ...workflow, createdAt: known.createdAt });
    return Promise.resolve();
  }

  override updateBudget(workflow: Workflow): Promise<void> {
    return this.update(workflow);
  }

  override updateDefinition(id: string, definition: Definition): Promise<void> {
    if (this.workflows.has(id)) this.definitions.set(id, structuredClone(definition));
    return Promise.resolve();
  }

  override delete(id: string): Promise<void> {
    this.workflows.delete(id);
    this.definitions.delete(id);
    return Promise.resolve();
  }

  override list(filter: WorkflowFilter, after: string | null, limit: number): Promise<Workflow[]> {
    const matches = (workflow: Workflow): boolean =>
      Object.entries(filter).every(([field, value]) => workflow[field as keyof Workflow] === value);
    const sorted = [...this.workflows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const found = sorted.filter((workflow) => matches(workflow) && (after === null || workflow.id > after));
    return Promise.resolve(found.slice(0, limit));
  }

  override countOwnedBy(agentId: string): Promise<number> {
    const owned = [...this.workflows.values()].filter((workflow) => workflow.ownerAgentId === agentId);
    return Promise.resolve(owned.length);
  }
}
