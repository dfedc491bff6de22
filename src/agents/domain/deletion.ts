/** What still depends on an agent. */
export interface AgentDependents {
  readonly children: number;
  readonly workflows: number;
  readonly liveTasks: number;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What keeps an agent from being deleted, in words; empty: nothing does. */
export function reasonsAgainstDelete({ children, workflows, liveTasks }: AgentDependents): string[] {
  return [
    children > 0 ? counted(children, 'child agent', 'child agents') : null,
    workflows > 0 ? counted(workflows, 'workflow it owns', 'workflows it owns') : null,
    liveTasks > 0 ? counted(liveTasks, 'live task', 'live tasks') : null,
  ].filter((reason) => reason !== null);
}
