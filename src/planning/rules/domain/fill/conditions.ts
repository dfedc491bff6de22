import type { JsonObject } from '../../../../common/json.js';
import { asPlainText } from '../../../../workflows/domain/plain-text.js';
import type { StepCondition } from '../sketch.js';
import { wordsOf } from '../terms.js';
import { type DraftedTask, warning } from './drafted-task.js';
import { maskLiterals } from '../literals.js';
import type { Supplies } from './supplies.js';
import type { Supply, TaskList } from './task-list.js';

export const PERSON = 'human.task';
const MAX_QUESTION = 1_900;

/** Words of a request as the text of a question. */
export function asQuestion(words: string): string {
  const text = asPlainText(words.slice(0, MAX_QUESTION).toWellFormed());
  // Braces as plain text are long; so many of them are no loss.
  return text.length <= MAX_QUESTION + 100 ? text : words.slice(0, MAX_QUESTION).replaceAll('{{', '((');
}

/** Says which task decides about a condition. */
export class Conditions {
  private readonly decided = new Map<string, number>();

  constructor(
    private readonly list: TaskList,
    private readonly supplies: Supplies,
    private readonly hasPerson: boolean,
  ) {}

  /**
   * The task whose result says yes or no: the one the same words meant before, the one that is named, the latest whose
   * verdict the words name; else a person, asked once. null: nobody can be asked.
   */
  deciderOf({ text }: StepCondition, named: number | null, before: readonly number[]): number | null {
    const decider = this.decided.get(text) ?? this.verdictIn(text, named) ?? this.ask(text, before);
    if (decider === null) return null;
    this.decided.set(text, decider);
    this.letDecide(decider);
    return decider;
  }

  private verdictIn(text: string, named: number | null): number | null {
    const { tasks } = this.list;
    if (named !== null && tasks[named]?.verdict != null) return named;
    const words = wordsOf(text);
    const found = tasks.findLastIndex(
      ({ verdict }) => verdict !== null && words.includes(verdict.toLowerCase()),
    );
    return found < 0 ? null : found;
  }

  /** What decides must not fail where the answer is no. */
  private letDecide(decider: number): void {
    const { tasks } = this.list;
    const { defaults, parameters, ...task } = tasks[decider] as DraftedTask;
    if (defaults.length === 0) return;
    const kept = Object.entries(parameters).filter(([name]) => !defaults.includes(name));
    const notes = task.notes.filter(({ code }) => code !== 'parameter_default');
    this.list.replace(decider, { ...task, notes, defaults: [], parameters: Object.fromEntries(kept) });
  }

  /** What a condition names: "if a.json holds …". */
  private named(text: string): Supply | null {
    for (const literal of maskLiterals(text).literals) {
      const supply = this.supplies.behind(literal, text);
      if (supply !== null) return supply;
    }
    return null;
  }

  private ask(text: string, before: readonly number[]): number | null {
    if (!this.hasPerson) return null;
    const data = this.named(text) ?? this.list.nearestSupply(before);
    const details: JsonObject = data === null ? {} : { details: data.handed.reference };
    return this.list.add({
      ...{
        taskId: this.list.nextId(`decide ${text}`),
        taskType: PERSON,
        clause: text,
        when: null,
        verdict: 'answer',
      },
      parameters: {
        question: asQuestion(`Does this hold: ${text}?`),
        ...details,
        answerSchema: { type: 'boolean' },
      },
      dependencies: new Set([...before, ...(data === null ? [] : [data.task])]),
      ...{ handed: data?.handed ?? null, seconds: null, defaults: [] },
      notes: [warning('condition_left_to_person', '', `Nothing before says whether: ${text.slice(0, 200)}.`)],
    });
  }
}
