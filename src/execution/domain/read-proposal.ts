import { z } from 'zod';
import { storableMessage, toFailure } from '../../tasks/domain/task-error.js';
import { encodeResult } from './encode-result.js';
import { PERSON_CHOICES, type Proposal } from './proposal.js';

/** Whoever wants to wait longer wants a person to decide. */
const MAX_DELAY_MS = 30 * 24 * 3_600_000;

const text = z.string().transform((value) => storableMessage(value));
const common = {
  source: text,
  reason: text,
  details: z.record(z.string(), z.unknown()).optional(),
};

const proposalSchema = z.discriminatedUnion('action', [
  z.object({
    ...{ ...common, action: z.literal('retry'), delayMs: z.number().min(0).max(MAX_DELAY_MS) },
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({ ...common, action: z.literal('delegate'), toAgentId: z.uuid() }),
  z.object({ ...common, action: z.literal('compensate') }),
  z.object({ ...common, action: z.literal('alternative') }),
  z.object({ ...common, action: z.literal('skip') }),
  z.object({
    ...{ ...common, action: z.literal('ask_person'), question: text },
    choices: z.array(z.enum(PERSON_CHOICES)).min(1),
    agentIds: z.array(z.uuid()).max(100).optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({ ...common, action: z.literal('fail') }),
]);

/** What an advisor answered: a proposal that can be stored and applied, or why it is none. */
export type ReadProposal = { readonly proposal: Proposal } | { readonly refused: string };

function readStorable(answer: unknown): ReadProposal {
  const read = proposalSchema.safeParse(answer);
  if (!read.success) return { refused: storableMessage(z.prettifyError(read.error)) };
  // Whatever is in it, a proposal is stored as one JSON value.
  const encoded = encodeResult(read.data);
  if ('failure' in encoded) return { refused: encoded.failure.message };
  if (encoded.isLarge) return { refused: 'It is larger than 32 kB.' };
  return { proposal: JSON.parse(encoded.json) as Proposal };
}

/** Total: an advisor may be a model, and what it answers is not to be trusted. */
export function readProposal(answer: unknown): ReadProposal {
  try {
    return readStorable(answer);
  } catch (error) {
    return { refused: toFailure(error).message };
  }
}
