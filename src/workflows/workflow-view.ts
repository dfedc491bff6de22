import { isError } from '../common/issue.js';
import type { DefinitionCheck } from './definition-checker.service.js';
import type { QuoteView, ValidationView } from './definition-validation.schemas.js';
import type { Quote } from './domain/quote.js';
import type { Workflow } from './workflow.js';
import type { WorkflowView } from './workflows.schemas.js';

export function toWorkflowView({ createdAt, updatedAt, ...workflow }: Workflow): WorkflowView {
  return { ...workflow, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

export function toValidationView({ valid, issues, quote }: DefinitionCheck): ValidationView {
  return {
    valid,
    issues: issues.map((issue) => ({
      code: issue.code,
      pointer: issue.pointer,
      message: issue.message,
      severity: isError(issue) ? 'error' : 'warning',
      ...(issue.allowed === undefined ? {} : { allowed: [...issue.allowed] }),
    })),
    quote: quote && toQuoteView(quote),
  };
}

export const toQuoteView = (quote: Quote): QuoteView => ({
  ...quote,
  criticalPath: [...quote.criticalPath],
  effects: [...quote.effects],
});
