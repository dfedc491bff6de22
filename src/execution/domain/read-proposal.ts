import { z } from 'zod';
import type { JsonObject } from '../../common/json.js';
import { storableMessage, toFailure } from '../../tasks/domain/task-error.js';
import { encodeResult } from './encode-result.js';
import type { Proposal } from './proposal.js';

/** Whoever wants to wait longer wants a person to decide. */
const MAX_DELAY_MS = 30 * 24 * 3_600_000;

const text = z.string().transform((value) => storableMessage(value));
const common = {
  source: text,
  reason: text,
  details: z.record(z.string(), z.unknown()).optional(),
};

const proposalSchema = z.discriminatedUnion('action', [
  z.object({ ...common, action: z.literal('retry'), delayMs: z.number().min(0).max(MAX_DELAY_MS) }),
  z.object({ ...common, action: z.literal('alternative') }),
  z.object({ ...common, action: z.literal('skip') }),
  z.object({ ...common, action: z.literal('ask_person'), question: text }),
  z.object({ ...common, action: z.literal('fail') }),
]);

/** What an advisor answered: a proposal that can be stored and applied, or why it is none. */
export type ReadProposal = { readonly proposal: Proposal } | { readonly refused: string };

function readStorable(answer: unknown): ReadProposal {
  const read = proposalSchema.safeParse(answer);
  if (!read.success) return { refused: storableMessage(z.prettifyError(read.error)) };
  const { details, ...proposal } = read.data;
  if (details === undefined) return { proposal };
  const encoded = encodeResult(details);
  if ('failure' in encoded) return { refused: `Its details: ${encoded.failure.message}` };
  if (encoded.isLarge) return { refused: 'Its details are larger than 32 kB.' };
  return { proposal: { ...proposal, details: JSON.parse(encoded.json) as JsonObject } };
}

/** Total: an advisor may be a model, and what it answers is not to be trusted. */
export function readProposal(answer: unknown): ReadProposal {
  try {
    return readStorable(answer);
  } catch (error) {
    return { refused: toFailure(error).message };
  }
}
