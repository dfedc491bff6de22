/** Characters of all texts and names of a value, and one for each value; stops counting past `limit`, so cycles end. */
export function textSize(root: unknown, limit: number): number {
  let size = 0;
  const open: unknown[] = [root];
  while (open.length > 0 && size <= limit) {
    const value = open.pop();
    if (typeof value === 'string') size += value.length;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      size += 1 + (Array.isArray(value) ? 0 : name.length);
      if (size > limit) return size;
      open.push(member);
    }
  }
  return size;
}
