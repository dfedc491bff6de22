import { toFailure } from '../../tasks/domain/task-error.js';
import type { TaskPlan } from '../domain/run-state.js';
import type { PermitAnswer } from '../permits/permits-store.port.js';
import type { AttemptHost } from './attempt-host.js';
import type { EngineContext } from './engine-context.js';
import { persistently } from './persistently.js';

/** Asks for permits before attempts of one run start, where the agent has a limit or takes no tasks now. */
export class PermitQuestions {
  /** The last question about each task. */
  private readonly questions = new Map<number, Promise<PermitAnswer>>();

  constructor(
    private readonly host: AttemptHost,
    private readonly engine: EngineContext,
  ) {}

  /** Whether the task has to have a permit it does not hold. */
  isNeeded(task: number): boolean {
    const { agentId, permit } = this.host.state.tasks.get(task);
    return agentId !== null && permit !== 'held' && this.engine.services.permits.isNeeded(agentId);
  }

  /** Whether the task got one; else its attempt is requested again when one is handed to it. */
  async take(task: number): Promise<boolean> {
    const { agentId, permit } = this.host.state.tasks.get(task);
    if (agentId === null || permit === 'awaited') return false;
    this.host.feed({ kind: 'permitAsked', task });
    const question = this.ask(task, agentId, this.questions.get(task));
    this.questions.set(task, question);
    const answer = await question;
    // Asked again meanwhile: this answer is about what was given back since.
    if (this.questions.get(task) !== question) return false;
    this.questions.delete(task);
    if ('refused' in answer) return false;
    this.host.feed({ kind: 'permitAnswered', task, ...answer });
    return this.host.state.tasks.get(task).permit === 'held';
  }

  /** One question about a task at a time: the database answers the last one last, and by what is stored. */
  private async ask(
    task: number,
    agentId: string,
    earlier: Promise<PermitAnswer> | undefined,
  ): Promise<PermitAnswer> {
    await earlier;
    const { runId, epoch, state } = this.host;
    if (!(await this.host.stepsStored()) || this.host.state.tasks.get(task).permit !== 'asked')
      return { refused: true };
    const { id: taskId, priority } = state.plan[task] as TaskPlan;
    const { permits } = this.engine.services;
    try {
      return await persistently(() => permits.take({ runId, epoch, taskId, agentId, priority }), {
        givenUp: () => this.host.hasDeparted,
        report: (message) => this.engine.report(message),
        what: `A permit for run ${runId}`,
      });
    } catch (error) {
      this.host.feed({ kind: 'startFailed', task, failure: toFailure(error) });
      return { refused: true };
    }
  }
}
