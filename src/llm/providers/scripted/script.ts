import { z } from 'zod';
import { MODEL_FAILURES } from '../../domain/model-failure.js';

const PRICE = /^(0|\d{1,5}(\.\d{1,6})?\/\d{1,5}(\.\d{1,6})?)$/;

const reply = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ json: z.unknown() }),
  z.strictObject({ refusal: z.string() }),
  z.strictObject({ failure: z.enum(MODEL_FAILURES) }),
]);
export type Reply = z.output<typeof reply>;

/** Answers instead of a model: the first entry whose `when` occurs in the prompt answers, with its replies in turn. */
export const scriptSchema = z.strictObject({
  /** USD per million tokens, `<input>/<output>`; tokens are counted as a quarter of the bytes. */
  price: z.string().regex(PRICE, 'must be 0 or <input>/<output>, like 0.15/0.60').default('0'),
  answers: z.array(
    z.strictObject({
      /** Text that occurs in the system prompt or a message; absent: every prompt. */
      when: z.string().optional(),
      /** The last one repeats. */
      replies: z.array(reply).min(1),
    }),
  ),
});
export type Script = z.output<typeof scriptSchema>;
