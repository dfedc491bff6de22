/** When a wait that starts at `start` ends, and how long it is; 0 seconds when that time has passed. */
export function waitFrom(
  start: Date,
  wish: { readonly seconds?: number | undefined; readonly until?: string | undefined },
): { readonly at: Date; readonly waitedSeconds: number } {
  const wishedMs =
    wish.until === undefined
      ? Math.round((wish.seconds ?? 0) * 1000)
      : Date.parse(wish.until) - start.getTime();
  const waitMs = Math.max(0, wishedMs);
  return { at: new Date(start.getTime() + waitMs), waitedSeconds: waitMs / 1000 };
}
