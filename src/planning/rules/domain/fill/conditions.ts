import { asPlainText } from '../../../../workflows/domain/plain-text.js';
import type { StepCondition } from '../sketch.js';
import { warning } from './drafted-task.js';
import type { TaskList } from './task-list.js';

export const PERSON = 'human.task';
const MAX_QUESTION = 1_900;

/** Words of a request as the text of a question. */
export function asQuestion(words: string): string {
  const text = asPlainText(words.slice(0, MAX_QUESTION).toWellFormed());
  // Braces as plain text are long; so many of them are no loss.
  return text.length <= MAX_QUESTION + 100 ? text : words.slice(0, MAX_QUESTION).replaceAll('{{', '((');
}

/** Answers the task that says whether a condition holds: the step it names, else a person, asked once. null: nobody can. */
export function deciderOf(
  { text }: StepCondition,
  named: number | null,
  before: Iterable<number>,
  list: TaskList,
  hasPerson: boolean,
): number | null {
  if (named !== null && list.tasks[named]?.verdict != null) return named;
  const question = asQuestion(text);
  const known = list.tasks.findIndex(
    ({ parameters, verdict }) => verdict === 'answer' && parameters['question'] === question,
  );
  if (known >= 0) return known;
  if (!hasPerson) return null;
  return list.add({
    ...{
      taskId: list.nextId(`decide ${text}`),
      taskType: PERSON,
      clause: text,
      when: null,
      verdict: 'answer',
    },
    parameters: { question, answerSchema: { type: 'boolean' } },
    dependencies: new Set(before),
    handed: null,
    notes: [warning('condition_left_to_person', '', `Nothing before says whether: ${text.slice(0, 200)}.`)],
  });
}
