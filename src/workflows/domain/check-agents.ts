import { type IssueList, quoted } from './issue-list.js';
import type { TaskDraft } from './read-tasks.js';
import type { TypeCatalogue, TypeFacts } from './type-facts.js';
import type { CandidateAgent } from './validation-context.js';

const MAX_PROPOSED = 20;

/** Why the named agent cannot take tasks of a type; null when it can. */
function refusal(agent: CandidateAgent | undefined, facts: TypeFacts): string | null {
  if (agent === undefined) return 'is neither the owner nor an agent below it';
  if (agent.status !== 'active') return `is ${agent.status}, not active`;
  return facts.capable?.includes(agent) ? null : `has no capability that covers ${quoted(facts.type.name)}`;
}

function checkNamed(
  draft: TaskDraft,
  agentId: string,
  agents: ReadonlyMap<string, CandidateAgent>,
  facts: TypeFacts,
) {
  const reason = refusal(agents.get(agentId), facts);
  if (reason === null) return null;
  return {
    code: 'no_capable_agent',
    pointer: `/tasks/${draft.index}/agentId`,
    message: `The agent ${quoted(agentId)} ${reason}.`,
    allowed: (facts.capable ?? []).slice(0, MAX_PROPOSED).map((agent) => agent.id),
  };
}

/** `no_capable_agent`: each task needs an active agent whose capabilities cover its type, the named one if any. */
export function checkAgents(
  drafts: readonly TaskDraft[],
  catalogue: TypeCatalogue,
  agents: readonly CandidateAgent[],
  issues: IssueList,
): void {
  const agentOf = new Map(agents.map((agent) => [agent.id, agent]));
  for (const draft of drafts) {
    const facts = draft.taskType === null ? undefined : catalogue.find(draft.taskType);
    if (facts === undefined || issues.isFull) continue;
    if (draft.agentId !== null) {
      const issue = checkNamed(draft, draft.agentId, agentOf, facts);
      if (issue !== null) issues.add(issue);
    } else if (facts.capable?.length === 0) {
      const message = `No active agent of the owner has a capability that covers ${quoted(facts.type.name)}.`;
      issues.add({ code: 'no_capable_agent', pointer: `/tasks/${draft.index}/taskType`, message });
    }
  }
}
