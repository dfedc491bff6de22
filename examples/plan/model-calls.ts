import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';

const TYPE = 'generate-workflow-plan';
const MAX_TEXT = 400;

const callsSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      callId: z.uuid(),
      attempt: z.int(),
      provider: z.string(),
      model: z.string(),
      outcome: z.string(),
      costUsd: z.string(),
    }),
  ),
});
const contentSchema = z.object({
  prompt: z.object({ messages: z.array(z.object({ role: z.string(), text: z.string() })) }).nullable(),
});

/** What the model was told of its answer before; null: it was the first one, or texts are not kept. */
async function toldBefore(api: Api, id: string): Promise<string | null> {
  const { prompt } = await api.get(`/llm/interactions/${id}`, contentSchema);
  const messages = prompt?.messages ?? [];
  const text = messages.length > 1 ? (messages.at(-1)?.text ?? null) : null;
  return text === null || text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT).toWellFormed()}…`;
}

/** The calls of the question that was asked last for a workflow, a line each, with what a repair was told. */
export async function modelCallLines(api: Api, workflowId: string): Promise<string[]> {
  const query = `workflowId=${workflowId}&interactionType=${TYPE}&limit=20`;
  const { items } = await api.get(`/llm/interactions?${query}`, callsSchema);
  const last = items.filter(({ callId }) => callId === items[0]?.callId).reverse();
  const lines = await Promise.all(
    last.map(async ({ id, attempt, provider, model, outcome, costUsd }) => {
      const told = await toldBefore(api, id);
      return [
        ...(told === null ? [] : [`     told: ${told.replaceAll('\n', '\n     ')}`]),
        `  ${attempt}. ${provider}:${model} ${outcome}, ${costUsd} USD`,
      ];
    }),
  );
  return lines.flat();
}
