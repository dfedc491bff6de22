/** What a caller must be allowed to do: `<resource>:<read|write>`. */
export const SCOPES = [
  'agents:read',
  'agents:write',
  'workflows:read',
  'workflows:write',
  'runs:read',
  'runs:write',
  'tasks:read',
  'tasks:write',
  'task-types:read',
  'webhooks:read',
  'webhooks:write',
  'features:read',
  'features:write',
  'llm:read',
  'budgets:read',
  'budgets:write',
  'monitoring:read',
  'audit:read',
  'public',
] as const;
export type ScopeName = (typeof SCOPES)[number];

/** Everything. */
export const ALL = '*';

const covers = (granted: string, scope: string): boolean => {
  if (granted === ALL || granted === scope) return true;
  const [resource, action] = granted.split(':');
  const [ofResource, ofAction] = scope.split(':');
  return (resource === '*' && action === ofAction) || (resource === ofResource && action === '*');
};

/** `granted`: scopes, `runs:*`, `*:read` or `*`. Pure, total. */
export const isGranted = (granted: readonly string[], scope: ScopeName): boolean =>
  scope === 'public' || granted.some((each) => covers(each, scope));

/** Those that grant nothing in this build: misspelt, most likely. */
export const unknownScopes = (granted: readonly string[]): readonly string[] =>
  granted.filter((each) => !SCOPES.some((scope) => scope !== 'public' && covers(each, scope)));
