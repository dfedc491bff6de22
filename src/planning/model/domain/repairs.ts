import type { Issue } from '../../../common/issue.js';
import type { PlanDiagnostic } from '../../../workflows/domain/plan.js';

const MAX_SHOWN = 80;
/** More of either explains nothing. */
const MAX_KEPT = 1_000;

/** A value in a message. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1).toWellFormed()}…` : text;
}

/** What was mended on the way, and what could not be. Pointers into the definition that comes out. */
export class Repairs {
  readonly diagnostics: PlanDiagnostic[] = [];
  readonly issues: Issue[] = [];

  mended(code: string, pointer: string, message: string): void {
    if (this.diagnostics.length < MAX_KEPT)
      this.diagnostics.push({ code, severity: 'info', pointer, message });
  }

  broken(code: string, pointer: string, message: string, allowed?: readonly string[]): void {
    if (this.issues.length < MAX_KEPT)
      this.issues.push({ code, pointer, message, ...(allowed === undefined ? {} : { allowed }) });
  }
}
