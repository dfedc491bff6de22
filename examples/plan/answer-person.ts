import { z } from 'zod';
import { type Api, ApiError } from '../../scripts/lib/api.ts';
import { askText, askYesNo } from '../../scripts/lib/ask.ts';
import type { Progress } from '../../scripts/lib/progress.ts';

const questionSchema = z.object({
  taskType: z.string(),
  wait: z.object({
    question: z.string(),
    details: z.unknown().optional(),
    answerSchema: z.unknown().optional(),
  }),
});
const BY = { by: 'example' };

/** The text as JSON where it is, else as text. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

class NobodyToAsk extends Error {
  constructor(question: string, route: string) {
    super(
      `${question}\nThe run waits for an answer, but this is no terminal. Send POST /api/v1${route} to a running Tandem.`,
    );
  }
}

async function decide(api: Api, taskId: string, question: string): Promise<void> {
  const approved = await askYesNo(question);
  if (approved === null) throw new NobodyToAsk(question, `/tasks/${taskId}/approve (or /reject)`);
  await api.send('POST', `/tasks/${taskId}/${approved ? 'approve' : 'reject'}`, BY, z.unknown());
}

async function answer(api: Api, taskId: string, question: string): Promise<void> {
  for (;;) {
    const text = await askText(`${question}\n>`);
    if (text === null) throw new NobodyToAsk(question, `/tasks/${taskId}/complete { "answer": … }`);
    try {
      await api.send('POST', `/tasks/${taskId}/complete`, { answer: readAnswer(text), ...BY }, z.unknown());
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 422) throw error;
      console.log(error.message);
    }
  }
}

/** Puts to the person at the terminal what a task of the run asks. Fails where there is nobody. */
export async function answerPerson(api: Api, taskId: string, progress: Progress): Promise<void> {
  const { taskType, wait } = await api.get(`/tasks/${taskId}`, questionSchema);
  const { question, details = null, answerSchema = null } = wait;
  if (details !== null) progress.line(JSON.stringify(details, null, 2));
  if (answerSchema !== null) progress.line(`The answer fits ${JSON.stringify(answerSchema)}.`);
  await (taskType === 'human.approval' ? decide : answer)(api, taskId, question);
}
