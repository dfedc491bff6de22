import { z } from 'zod';
import type { RunEvent } from '../../scripts/lib/run-events.ts';

const MAX_MESSAGE = 220;
const INDENT = ' '.repeat(13);
/** The same in every line of an incident. */
const ADDRESS = /http:\/\/[\w.:]+\/incidents\/\d+/;

const errorSchema = z.object({ class: z.string(), message: z.string() });
const failedSchema = z.object({
  attempt: z.int(),
  final: z.boolean(),
  error: errorSchema,
  retryAt: z.iso.datetime().optional(),
});
const recoveringSchema = z.object({ attempt: z.int(), error: errorSchema });
const retriedSchema = z.object({ reason: z.string(), alternative: z.int().optional() });
const proposedSchema = z.object({
  source: z.string(),
  reason: z.string(),
  recovery: z.string(),
  byRules: z.string(),
  costUsd: z.string(),
  refused: z.array(z.object({ pointer: z.string(), message: z.string() })),
});

const BY: Readonly<Record<string, string>> = {
  model: 'a model',
  cache: 'a model, out of the cache',
  rule: 'a learned rule',
  twin: 'the rules',
};
export const byWhom = (source: string): string => BY[source] ?? source;

function failureLine({ taskId = '' }: RunEvent, error: z.output<typeof errorSchema>): string {
  const message = error.message.replace(ADDRESS, '');
  const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE).toWellFormed()}…` : message;
  return `  ${taskId.padEnd(10)} ${error.class}: ${text}`;
}

function failedLines(event: RunEvent, optional: ReadonlySet<string>): string[] {
  const { final, error, retryAt } = failedSchema.parse(event.data);
  const seconds = retryAt === undefined ? 0 : (Date.parse(retryAt) - Date.parse(event.at)) / 1_000;
  return [
    failureLine(event, error),
    ...(retryAt === undefined
      ? []
      : [`${INDENT}→ tried again in ${Math.max(seconds, 0).toFixed(2)} s by its retries`]),
    ...(final
      ? [`${INDENT}→ ${optional.has(event.taskId ?? '') ? 'left out: it is optional' : 'given up'}`]
      : []),
  ];
}

function proposedLines(data: RunEvent['data']): string[] {
  const { source, reason, recovery, byRules, costUsd, refused } = proposedSchema.parse(data);
  return [
    ...refused.map(({ pointer, message }) => `${INDENT}refused    ${pointer} ${message}`),
    `${INDENT}proposed   ${recovery}, by ${byWhom(source)}, for ${costUsd} USD`,
    `${INDENT}because    ${reason}`,
    ...(source === 'twin' ? [] : [`${INDENT}otherwise  ${byRules}, which is what rules do`]),
  ];
}

/** A failed attempt somebody was asked about is told once, before what was proposed. */
const keyOf = ({ taskId, data }: RunEvent): string => `${taskId} ${String(data['attempt'])}`;

/** Tells a run by its events, in their order: what failed, and what was done about it. `optional`: taskIds. */
export function storyteller(optional: ReadonlySet<string>): (event: RunEvent) => string[] {
  const told = new Set<string>();
  return (event) => {
    switch (event.type) {
      case 'task.recovering':
        told.add(keyOf(event));
        return [
          failureLine(event, recoveringSchema.parse(event.data).error),
          `${INDENT}→ no retry and no alternative is left`,
        ];
      case 'task.failed':
        return told.has(keyOf(event)) ? [] : failedLines(event, optional);
      case 'task.retried': {
        const { reason, alternative } = retriedSchema.parse(event.data);
        return reason === 'alternative'
          ? [`${INDENT}→ done another way: alternative ${alternative} of the workflow`]
          : [];
      }
      case 'recovery.proposed':
        return proposedLines(event.data);
      case 'recovery.refused':
        return [`${INDENT}refused    ${String(event.data['reason'])}`];
      case 'recovery.applied':
        return [
          `${INDENT}applied    as ${String(event.data['action'])}, of ${byWhom(String(event.data['source']))}`,
        ];
      default:
        return [];
    }
  };
}
