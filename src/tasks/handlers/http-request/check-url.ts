import type { Issue } from '../../../common/issue.js';
import type { CheckBudget } from '../../domain/check-budget.js';
import { refusalIssues } from '../../domain/refusal-issues.js';
import { checkedUrl } from './outgoing-request.js';

/** Names with characters beyond ASCII are normalised, which takes longer than linear time. */
const costUs = (url: string): number => (/^[\x00-\x7f]*$/.test(url) ? 1 : 10 + 2 * url.length);

/** A URL that is no absolute http(s) URL or carries credentials; addresses are judged when it is called. */
export function checkUrl(url: string, budget: CheckBudget): readonly Issue[] {
  return budget.spend(costUs(url)) ? refusalIssues(() => checkedUrl(url)) : [];
}
