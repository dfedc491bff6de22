import { EngineStore, type OwnedRun, type RunCheckpoint } from '../../src/execution/engine-store.port.js';

type Park = Parameters<EngineStore['park']>[0];

/** Stores nothing but what it was told; `hold` keeps checkpoints waiting, `failing` makes everything fail. */
export class InMemoryEngineStore extends EngineStore {
  readonly checkpoints: RunCheckpoint[][] = [];
  readonly parks: Park[] = [];
  failing: Error | null = null;
  /** Awaited before a checkpoint is answered. */
  hold: Promise<void> = Promise.resolve();
  refuse: (checkpoint: RunCheckpoint) => boolean = () => false;
  /** Thrown for a batch that holds such a checkpoint. */
  unfit: (checkpoint: RunCheckpoint) => boolean = () => false;
  private readonly payloads = new Map<string, string>();

  override claim(): Promise<never[]> {
    return Promise.resolve([]);
  }

  override ownedBy(): Promise<never[]> {
    return Promise.resolve([]);
  }

  override owned(): Promise<readonly OwnedRun[]> {
    return Promise.resolve([]);
  }

  override async checkpoint(checkpoints: readonly RunCheckpoint[]): Promise<ReadonlySet<string>> {
    this.checkpoints.push([...checkpoints]);
    await this.hold;
    if (this.failing !== null) throw this.failing;
    if (checkpoints.some(this.unfit)) throw Object.assign(new Error('bad value'), { code: '22P05' });
    return new Set(checkpoints.filter((one) => !this.refuse(one)).map(({ runId }) => runId));
  }

  override savePayload(_run: object, taskId: string, json: string): Promise<void> {
    this.payloads.set(taskId, json);
    return Promise.resolve();
  }

  override loadPayload(taskId: string): Promise<string | null> {
    return Promise.resolve(this.payloads.get(taskId) ?? null);
  }

  override park(request: Park): Promise<boolean> {
    this.parks.push(request);
    return this.failing === null ? Promise.resolve(true) : Promise.reject(this.failing);
  }

  override release(): Promise<void> {
    return Promise.resolve();
  }

  override rotateJob(): Promise<void> {
    return Promise.resolve();
  }
}
