import { Port } from '../common/ports.js';

/** What agents own; asked before one is deleted. */
export interface OwnedWorkflows {
  countOwnedBy(agentId: string): Promise<number>;
}

/** Contributed by `workflows`; without it nobody owns anything. */
export const OWNED_WORKFLOWS = new Port<OwnedWorkflows>('OWNED_WORKFLOWS', {
  countOwnedBy: () => Promise.resolve(0),
});
