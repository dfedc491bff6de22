/** `http.request`, `http.*` or `*`. */
export const CAPABILITY_PATTERN = /^(\*|[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*(\.\*)?)$/;

/** Whether a capability covers a task type. */
export function covers(capability: string, taskType: string): boolean {
  if (capability === '*' || capability === taskType) return true;
  return capability.endsWith('.*') && taskType.startsWith(capability.slice(0, -1));
}

/** How exactly a capability names a type: an exact name beats any pattern, a longer pattern a shorter one. */
export function specificity(capability: string, taskType: string): number {
  if (!covers(capability, taskType)) return -1;
  return capability === taskType ? Number.MAX_SAFE_INTEGER : capability.length;
}
