import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { Clock } from '../../common/clock.js';
import { Periodic } from '../../common/periodic.js';
import { NotFoundError } from '../../common/tandem-error.js';
import { Features } from '../../features/features.service.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import { toCatalogueEntry } from '../domain/to-catalogue-entry.js';
import { CatalogueIndex } from '../rules/domain/catalogue-index.js';
import { sketchPlan } from '../rules/domain/sketch-plan.js';
import { baselineOf } from './domain/baseline-of.js';
import { MAX_PLANS } from './domain/kept.js';
import { type MemoryFacts, PlanMemory } from './domain/plan-memory.js';
import { type MemoryUse, PlanMemoryStore } from './plan-memory.store.port.js';

const LOOK_MS = 30_000;
/** What ended before it started to look is learned too, as far back. */
const FIRST_LOOK_MS = 86_400_000;
/** Looks overlap, so that no commit slips between two. */
const OVERLAP_MS = 300_000;
/** Learning is done in slices of at most so long. */
const SLICE_MS = 10;

const NOTHING: MemoryFacts = { size: 0, accepted: 0, threshold: null, coverage: 0, precision: 0 };

/** Keeps what approved plans teach, learned anew whenever they change; off with the feature `plan_memory`. */
@Injectable()
export class PlanMemories implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('PlanMemory');
  private readonly looks = new Periodic(
    LOOK_MS,
    () => this.refresh(),
    (error) => this.logger.warn(`What plans teach is learned later: ${error.message}`),
  );
  private isOn = false;
  private unwatch = (): void => undefined;
  private memory: PlanMemory | null = null;
  private version = '';
  private since: number | null = null;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: PlanMemoryStore,
    private readonly types: TaskTypeRegistry,
    private readonly features: Features,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.unwatch = this.features.onChange(() => void this.heed());
    this.looks.start(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unwatch();
    await this.looks.stop();
  }

  /** null: it is off, or nothing has been learned. `version` changes with what is learned. */
  current(): { readonly memory: PlanMemory; readonly version: string } | null {
    const { memory, version } = this;
    return memory === null || !this.isOn ? null : { memory, version };
  }

  /** What it knows, and how it did. */
  async facts(): Promise<{ readonly isOn: boolean; readonly facts: MemoryFacts; readonly use: MemoryUse }> {
    const facts = this.memory?.facts ?? NOTHING;
    return { isOn: await this.heed(), facts, use: await this.store.use() };
  }

  /** Fails as `remembered_plan_not_found`. */
  async forget(planId: string): Promise<void> {
    if (!(await this.store.forget(planId))) throw new NotFoundError('remembered plan', planId);
    await this.refresh();
  }

  /** Learns what has happened since the last look, one look after the other. */
  refresh(): Promise<void> {
    const look = this.looking.then(() => this.look());
    this.looking = look.catch(() => undefined);
    return look;
  }

  private async look(): Promise<void> {
    if (!(await this.heed())) return;
    const now = this.clock.now().getTime();
    await this.store.learn(new Date(this.since ?? now - FIRST_LOOK_MS));
    this.since = now - OVERLAP_MS;
    const version = await this.store.version();
    if (version === this.version) return;
    this.memory = await this.build();
    this.version = version;
  }

  private async build(): Promise<PlanMemory | null> {
    const plans = await this.store.load(MAX_PLANS);
    if (plans.length === 0) return null;
    const entries = this.types.list().map(toCatalogueEntry);
    const building = PlanMemory.build(
      plans,
      (name) => this.types.find(name) !== undefined,
      (extensions) => {
        const index = new CatalogueIndex(entries, { extensions });
        return (request) => baselineOf(sketchPlan(request, index));
      },
    );
    for (let until = performance.now() + SLICE_MS; ;) {
      const step = building.next();
      if (step.done === true) return step.value;
      if (performance.now() < until) continue;
      await setImmediate();
      until = performance.now() + SLICE_MS;
    }
  }

  /** Keeps what the switch says for those who cannot wait. */
  private async heed(): Promise<boolean> {
    const { enabled } = await this.features.evaluate('plan_memory', {});
    this.isOn = enabled;
    return enabled;
  }
}
