/** Where a generated file that is checked in differs from what would be generated now; null when it does not. */
export function firstDifference(checkedIn: string, generated: string): string | null {
  if (checkedIn === generated) return null;
  const [old, now] = [checkedIn.split('\n'), generated.split('\n')];
  const index = now.findIndex((line, i) => line !== old[i]);
  const at = index === -1 ? now.length : index;
  return `line ${at + 1} is ${JSON.stringify(old[at] ?? '')} and should be ${JSON.stringify(now[at] ?? '')}`;
}
