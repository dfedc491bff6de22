import type { Issue } from '../../../common/issue.js';
import { jsonPointer } from '../../../common/json.js';
import type { PlanDiagnostic } from '../../../workflows/domain/plan.js';

const MAX_SHOWN = 80;
/** More of either explains nothing. */
const MAX_KEPT = 1_000;

type Path = readonly PropertyKey[];

/** A value in a message; no more of it is looked at than is shown. */
export function quoted(value: unknown): string {
  const short = typeof value === 'string' ? value.slice(0, MAX_SHOWN) : value;
  const text = JSON.stringify(short) ?? 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1).toWellFormed()}…` : text;
}

/** What was mended on the way, and what could not be. Paths into the definition that comes out. */
export class Repairs {
  readonly diagnostics: PlanDiagnostic[] = [];
  readonly issues: Issue[] = [];

  /** Written another way, meaning the same. */
  respelled(code: string, path: Path, message: string): void {
    this.note('info', code, path, message);
  }

  /** Something was added, left out or understood that was not written. */
  mended(code: string, path: Path, message: string): void {
    this.note('warning', code, path, message);
  }

  broken(code: string, path: Path, message: string, allowed?: readonly string[]): void {
    if (this.issues.length >= MAX_KEPT) return;
    this.issues.push({
      ...{ code, pointer: jsonPointer(path), message },
      ...(allowed === undefined ? {} : { allowed }),
    });
  }

  private note(severity: PlanDiagnostic['severity'], code: string, path: Path, message: string): void {
    if (this.diagnostics.length >= MAX_KEPT) return;
    this.diagnostics.push({ code, severity, pointer: jsonPointer(path), message });
  }
}
