import { z } from 'zod';

/** A graph of tasks, and which dependencies carry data. */
export const orderQuestionSchema = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      taskType: z.string(),
      description: z.string(),
      /** Those that carry no data: the others are real. */
      orderOnly: z.array(z.string()),
      data: z.array(z.string()),
    }),
  ),
});
export type OrderQuestion = z.output<typeof orderQuestionSchema>;

export const orderAnswerSchema = z.strictObject({
  unnecessary: z.array(
    z.strictObject({
      taskId: z.string().meta({ description: 'The task that waits.' }),
      dependency: z.string().meta({ description: 'The task it does not have to wait for.' }),
      why: z.string().max(500),
    }),
  ),
});
export type OrderAnswer = z.output<typeof orderAnswerSchema>;
