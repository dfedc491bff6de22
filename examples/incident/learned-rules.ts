import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import { REBUILDING } from './sample-service.ts';

const ruleSchema = z.object({
  id: z.uuid(),
  taskType: z.string(),
  errorClass: z.string(),
  fingerprint: z.string(),
  recovery: z.object({ action: z.string(), delaySeconds: z.number(), parameters: z.unknown() }),
  status: z.string(),
  successes: z.int(),
  failures: z.int(),
});
export type LearnedRule = z.output<typeof ruleSchema>;
const pageSchema = z.object({ items: z.array(ruleSchema), nextCursor: z.string().nullable() });

/** What was learned about the failure of this example; nothing else has its words. */
export async function learnedRules(api: Api): Promise<LearnedRule[]> {
  const rules: LearnedRule[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: z.output<typeof pageSchema> = await api.get(
      `/inference/rules?taskType=http.request&limit=200${next}`,
      pageSchema,
    );
    rules.push(...page.items.filter(({ fingerprint }) => fingerprint.includes(REBUILDING)));
    cursor = page.nextCursor;
  }
  return rules;
}

/** Forgets it, so that it can be learned again; answers how many rules that were. */
export async function forgetRules(api: Api): Promise<number> {
  const rules = await learnedRules(api);
  for (const { id } of rules) await api.request(`/inference/rules/${id}`, { method: 'DELETE' });
  return rules.length;
}

export const ruleLines = ({ recovery, ...rule }: LearnedRule): string[] => [
  `  ${rule.status}: ${recovery.action} ${JSON.stringify(recovery.parameters)}`,
  `  against ${rule.taskType}, ${rule.errorClass}, ${rule.fingerprint}`,
  `  helped ${rule.successes} times, did not ${rule.failures} times`,
];
