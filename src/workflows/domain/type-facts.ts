import { covers } from '../../tasks/domain/capability.js';
import { availabilityOf, type RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import type { CandidateAgent, ValidationContext } from './validation-context.js';

/** What the checks of one definition need of a task type, looked up once. */
export interface TypeFacts {
  readonly type: RegisteredTaskType;
  /** Why it cannot be used here; null when it can. */
  readonly unavailable: string | null;
  /** Active agents that may execute it; null when there are no agents to check against. */
  readonly capable: ReadonlySet<CandidateAgent> | null;
}

export class TypeCatalogue {
  private readonly known = new Map<string, TypeFacts | undefined>();
  private readonly context: ValidationContext;

  constructor(context: ValidationContext) {
    this.context = context;
  }

  /** Undefined: there is no such type. */
  find(name: string): TypeFacts | undefined {
    if (!this.known.has(name)) this.known.set(name, this.lookUp(name));
    return this.known.get(name);
  }

  private lookUp(name: string): TypeFacts | undefined {
    const type = this.context.findTaskType(name);
    if (type === undefined) return undefined;
    const availability = availabilityOf(type);
    const capable = this.context.agents?.filter(
      (agent) =>
        agent.status === 'active' && agent.capabilities.some((capability) => covers(capability, name)),
    );
    return {
      type,
      unavailable: availability.available ? null : availability.reason,
      capable: capable === undefined ? null : new Set(capable),
    };
  }
}
