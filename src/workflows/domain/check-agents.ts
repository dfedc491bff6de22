import { jsonPointer } from '../../common/json.js';
import { type IssueList, quoted } from './issue-list.js';
import type { TaskDraft } from './read-tasks.js';
import { pathOf, type WorkDraft } from './read-works.js';
import type { TypeCatalogue, TypeFacts } from './type-facts.js';
import type { CandidateAgent } from './validation-context.js';

const MAX_PROPOSED = 20;

/** A work of a known type. */
interface KnownWork {
  readonly work: WorkDraft;
  readonly facts: TypeFacts;
}

function knownWorks({ works }: TaskDraft, catalogue: TypeCatalogue): KnownWork[] {
  const known: KnownWork[] = [];
  for (const work of works) {
    const facts = work.taskType === null ? undefined : catalogue.find(work.taskType);
    if (facts !== undefined) known.push({ work, facts });
  }
  return known;
}

const isCapable = (agent: CandidateAgent, { facts }: KnownWork): boolean => facts.capable?.has(agent) ?? true;

/** Agents that may execute all of these. */
function capableOfAll([first, ...rest]: readonly KnownWork[], atMost: number): CandidateAgent[] {
  const found: CandidateAgent[] = [];
  for (const agent of first?.facts.capable ?? []) {
    if (found.length === atMost) break;
    if (rest.every((work) => isCapable(agent, work))) found.push(agent);
  }
  return found;
}

const isAnybodyCapable = (works: readonly KnownWork[]): boolean => capableOfAll(works, 1).length > 0;

const quotedTypes = (works: readonly KnownWork[]): string =>
  [...new Set(works.map(({ facts }) => quoted(facts.type.name)))].join(', ');

/** Why the named agent cannot take a task; null when it can. */
function refusal(agent: CandidateAgent | undefined, works: readonly KnownWork[]): string | null {
  if (agent === undefined) return 'is neither the owner nor an agent below it';
  if (agent.status !== 'active') return `is ${agent.status}, not active`;
  const missing = works.filter((work) => !isCapable(agent, work));
  return missing.length === 0 ? null : `has no capability that covers ${quotedTypes(missing)}`;
}

function checkNamed(
  { index, agentId }: TaskDraft,
  agents: ReadonlyMap<string, CandidateAgent>,
  works: readonly KnownWork[],
  issues: IssueList,
): void {
  if (agentId === null) return;
  const reason = refusal(agents.get(agentId), works);
  if (reason === null) return;
  issues.add({
    code: 'no_capable_agent',
    pointer: `/tasks/${index}/agentId`,
    message: `The agent ${quoted(agentId)} ${reason}.`,
    allowed: capableOfAll(works, MAX_PROPOSED).map(({ id }) => id),
  });
}

function reportUncovered({ work }: KnownWork, types: string, issues: IssueList): void {
  const message = `No active agent of the owner has ${types}.`;
  issues.add({ code: 'no_capable_agent', pointer: jsonPointer([...pathOf(work), 'taskType']), message });
}

function checkRouted(works: readonly KnownWork[], issues: IssueList): void {
  const covered = works.filter((one) => {
    if (one.facts.capable?.size !== 0) return true;
    reportUncovered(one, `a capability that covers ${quotedTypes([one])}`, issues);
    return false;
  });
  if (covered.length < 2 || isAnybodyCapable(covered)) return;
  const last = covered.findIndex((_, at) => !isAnybodyCapable(covered.slice(0, at + 1)));
  const types = quotedTypes(covered.slice(0, last + 1));
  const why = `capabilities that cover all of ${types}; one agent executes a task, its alternatives and its compensation`;
  reportUncovered(covered[last] as KnownWork, why, issues);
}

/** Most tasks are one work anybody capable may take. */
function isRoutedAtOnce({ agentId, works }: TaskDraft, catalogue: TypeCatalogue): boolean {
  const [{ taskType } = { taskType: null }] = works;
  if (agentId !== null || works.length > 1 || taskType === null) return false;
  return catalogue.find(taskType)?.capable?.size !== 0;
}

/**
 * `no_capable_agent`: each task needs an active agent, the named one if any, whose capabilities cover its type and
 * those of its alternatives and its compensation.
 */
export function checkAgents(
  drafts: readonly TaskDraft[],
  catalogue: TypeCatalogue,
  agents: readonly CandidateAgent[],
  issues: IssueList,
): void {
  const agentOf = new Map(agents.map((agent) => [agent.id, agent]));
  for (const draft of drafts) {
    if (isRoutedAtOnce(draft, catalogue)) continue;
    const works = knownWorks(draft, catalogue);
    if (works.length === 0 || issues.isFull) continue;
    if (draft.agentId === null) checkRouted(works, issues);
    else checkNamed(draft, agentOf, works, issues);
  }
}
