import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import type { Person } from './incident-run.ts';
import type { SampleService } from './sample-service.ts';

const questionSchema = z.object({ wait: z.object({ question: z.string() }) });
const COMMENT = 'The index is complete now.';

/**
 * Answers in place of a person: has the index of the service finished, then says that the task is tried again. What
 * fails after that is given up.
 */
export function answeringPerson(api: Api, service: SampleService): Person {
  const helped = new Set<number>();
  return async (taskId, incident) => {
    const { wait } = await api.get(`/tasks/${taskId}`, questionSchema);
    const action = helped.has(incident) ? 'fail' : 'retry';
    helped.add(incident);
    service.finishIndex(incident);
    console.log(`             asked      ${wait.question}`);
    const answer = { action, ...(action === 'retry' ? { comment: COMMENT } : {}) };
    const body = { answer, by: 'example' };
    console.log(`             answered   by this example in place of a person: ${JSON.stringify(body)}`);
    await api.send('POST', `/tasks/${taskId}/complete`, body, z.unknown());
  };
}
