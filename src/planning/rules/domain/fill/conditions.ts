import type { JsonObject } from '../../../../common/json.js';
import { asPlainText } from '../../../../workflows/domain/plain-text.js';
import type { StepCondition } from '../sketch.js';
import { isNegative, speaksOfApproval } from '../conditions.js';
import { wordsOf } from '../terms.js';
import { type DraftedTask, note, warning } from './drafted-task.js';
import { maskLiterals } from '../literals.js';
import type { Supplies } from './supplies.js';
import type { Supply, TaskList } from './task-list.js';

export const PERSON = 'human.task';
const APPROVAL = 'human.approval';
/** A person who answers yes or no; an approval would fail where the answer is no. */
const YES_OR_NO = { taskType: PERSON, verdict: 'answer' } as const;
/** A question to be answered by yes or no: "ask Ada whether it is fine". */
const ASKED = /\b(?:whether|if)\b/i;
const MAX_QUESTION = 1_900;

/** Words of a request as the text of a question. */
export function asQuestion(words: string): string {
  const text = asPlainText(words.slice(0, MAX_QUESTION).toWellFormed());
  // Braces as plain text are long; so many of them are no loss.
  return text.length <= MAX_QUESTION + 100 ? text : words.slice(0, MAX_QUESTION).replaceAll('{{', '((');
}

/** The task that decides, and whether its yes is that of the condition. */
export interface Decision {
  readonly task: number;
  readonly isReversed: boolean;
}

/** Says which task decides about a condition. */
export class Conditions {
  private readonly decided = new Map<string, Decision>();

  constructor(
    private readonly list: TaskList,
    private readonly supplies: Supplies,
    private readonly hasPerson: boolean,
  ) {}

  /**
   * The task whose result says yes or no: the one the same words meant before, an approval that they speak of, the one that
   * is named, the latest whose verdict the words name; else a person, asked once. null: nobody can be asked.
   */
  decisionOf({ text }: StepCondition, named: number | null, before: readonly number[]): Decision | null {
    const decision = this.decided.get(text) ?? this.decide(text, named, before);
    if (decision !== null) this.decided.set(text, decision);
    return decision;
  }

  private decide(text: string, named: number | null, before: readonly number[]): Decision | null {
    const isApproval = speaksOfApproval(text);
    const known = isApproval ? this.approval() : this.verdictIn(text, named);
    const task = known ?? this.ask(text, before, isApproval);
    if (task === null) return null;
    this.letDecide(task);
    // A person is asked whether the very words hold.
    return { task, isReversed: known !== null && isNegative(text) };
  }

  private approval(): number | null {
    const found = this.list.tasks.findLastIndex(
      ({ taskType, clause }) => taskType === APPROVAL || (taskType === PERSON && ASKED.test(clause)),
    );
    return found < 0 ? null : found;
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
    const isAsked = task.taskType === APPROVAL || task.taskType === PERSON;
    if (isAsked && this.hasPerson && parameters['answerSchema'] === undefined) {
      const asked = { ...parameters, answerSchema: { type: 'boolean' } };
      this.list.replace(decider, { ...task, ...YES_OR_NO, defaults, parameters: asked });
    }
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

  private ask(text: string, before: readonly number[], isApproval: boolean): number | null {
    if (!this.hasPerson) return null;
    const data = this.named(text) ?? this.list.nearestSupply(before);
    const details: JsonObject = data === null ? {} : { details: data.handed.reference };
    return this.list.add({
      ...{
        taskId: this.list.nextId(`decide ${text}`),
        clause: text,
        when: null,
        ...YES_OR_NO,
      },
      parameters: {
        question: asQuestion(
          isApproval && !isNegative(text)
            ? `Do you approve? It depends on: ${text}.`
            : `Does this hold: ${text}?`,
        ),
        ...details,
        answerSchema: { type: 'boolean' },
      },
      dependencies: new Set([...before, ...(data === null ? [] : [data.task])]),
      ...{ handed: data?.handed ?? null, seconds: null, defaults: [] },
      notes: [
        isApproval
          ? note('approval_asked', '', `Asks for: ${text.slice(0, 200)}.`)
          : warning('condition_left_to_person', '', `Nothing before says whether: ${text.slice(0, 200)}.`),
      ],
    });
  }
}
