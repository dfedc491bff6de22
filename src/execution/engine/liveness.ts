import { Injectable, Logger } from '@nestjs/common';
import { SessionConnection } from '../../database/session-connection.js';
import { OwnersStore } from '../owners-store.port.js';
import { Periodic } from '../../common/periodic.js';
import { ProcessIdentity } from './process-identity.js';

const BEAT_INTERVAL_MS = 500;
/** An owner that could not beat for this long starts nothing: after 5 s others may take its runs. */
const MAX_SILENCE_MS = 4_000;

/** Tells the other replicas that this process lives, twice a second, over the connection that holds its lock. */
@Injectable()
export class Liveness {
  private readonly logger = new Logger('Liveness');
  private readonly beats = new Periodic(
    BEAT_INTERVAL_MS,
    () => this.beatAndTell(),
    () => undefined,
  );
  private lastBeat = -Infinity;
  private listener: (alive: boolean) => void = () => undefined;

  constructor(
    private readonly owners: OwnersStore,
    private readonly session: SessionConnection,
    private readonly identity: ProcessIdentity,
  ) {}

  /** True while no other replica may think that this process is dead. Monotonic clock. */
  get isSure(): boolean {
    return performance.now() - this.lastBeat < MAX_SILENCE_MS;
  }

  /** `onBeat` hears after every try whether this process may start work. */
  async start(onBeat: (sure: boolean) => void): Promise<void> {
    this.listener = onBeat;
    await this.session.start();
    await this.beat();
    this.beats.start();
  }

  /** Says good-bye: nobody has to find out. */
  async stop(): Promise<void> {
    await this.beats.stop();
    await this.owners.leave(this.identity.id).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    const sentAt = performance.now();
    await this.owners.beat(this.identity);
    this.lastBeat = sentAt;
  }

  private async beatAndTell(): Promise<void> {
    const wasSure = this.isSure;
    try {
      await this.beat();
    } catch (error) {
      if (wasSure && !this.isSure)
        this.logger.warn(`No beat for ${MAX_SILENCE_MS} ms, nothing starts: ${(error as Error).message}`);
    }
    this.listener(this.isSure);
  }
}
