import { setTimeout as sleep } from 'node:timers/promises';
import { chatAnswer } from '../../support/llm/answer-bodies.js';
import { json } from '../../support/llm/answers.js';
import { ModelServer } from '../../support/llm/model-server.js';
import type { Chance } from './chance.js';

const RECOVERIES = ['retry', 'retry', 'adjust_parameters', 'skip', 'ask_person', 'delegate', 'fail', 'dance'];

/** A provider of models that answers by chance: well, with nonsense, late, or not at all. */
export class ChanceModels {
  /** `Date.now()` of each request. */
  readonly arrivals: number[] = [];

  private constructor(
    private readonly server: ModelServer,
    private readonly chance: Chance,
  ) {}

  static async start(chance: Chance): Promise<ChanceModels> {
    const server = await ModelServer.start();
    const models = new ChanceModels(server, chance);
    server.answer((request, response) => {
      models.arrivals.push(Date.now());
      void models.delay().then(() => {
        if (chance.is(0.05)) response.socket?.destroy();
        else json(chatAnswer({ text: models.text(), model: 'm' }))(request, response);
      });
    });
    return models;
  }

  get url(): string {
    return this.server.url;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** One in twenty is later than anybody waits. */
  private async delay(): Promise<void> {
    await sleep(this.chance.is(0.05) ? 8_000 : this.chance.between(0, 600), undefined, { ref: false });
  }

  private text(): string {
    if (this.chance.is(0.1)) return 'I would rather not.';
    return JSON.stringify({
      action: this.chance.pick(RECOVERIES),
      ...{ delaySeconds: this.chance.whole(0, 1), toAgentId: '', reason: 'It may help.' },
      parameters: [{ name: 'seconds', value: '10' }],
    });
  }
}
