/** Counts answers by operation and status. */
export class Tally {
  private readonly counts = new Map<string, Map<number, number>>();

  add(operationId: string, status: number): void {
    const statuses = this.counts.get(operationId) ?? new Map<number, number>();
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    this.counts.set(operationId, statuses);
  }

  /** Of one operation, or of all. */
  total(operationId?: string): number {
    return this.entries(operationId).reduce((sum, [, count]) => sum + count, 0);
  }

  byStatus(): Readonly<Record<number, number>> {
    const sums: Record<number, number> = {};
    for (const [status, count] of this.entries()) sums[status] = (sums[status] ?? 0) + count;
    return sums;
  }

  /** Operations that were never answered with success. */
  neverDone(operationIds: readonly string[]): readonly string[] {
    return operationIds.filter((id) => !this.entries(id).some(([status]) => status < 300));
  }

  private entries(operationId?: string): (readonly [number, number])[] {
    const chosen = operationId === undefined ? [...this.counts.values()] : [this.counts.get(operationId)];
    return chosen.flatMap((statuses) => [...(statuses ?? [])]);
  }
}
