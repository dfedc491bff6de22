import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Periodic } from '../../common/periodic.js';
import { SessionConnection } from '../../database/session-connection.js';
import { FEATURES_CHANNEL } from '../features.channel.js';
import { type SwitchRow, toSwitch } from './adapters/switch-rows.js';
import { ALL_SWITCHES } from './adapters/switches.sql.js';
import type { StoredSwitch } from './switch-store.port.js';

const LOOK_MS = 500;
const TIMEOUT_MS = 5_000;

/** All switches as the database has them, at most half a second old, on the connection that takes none from the pool. */
@Injectable()
export class SwitchBoard implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Features');
  private readonly looks = new Periodic(
    LOOK_MS,
    () => this.look(),
    (error) => this.tellAway(error),
  );
  private readonly listeners = new Set<(features: readonly string[]) => void>();
  private switches = new Map<string, StoredSwitch>();
  private isAway = false;
  private looking: Promise<void> | null = null;
  private loaded: Promise<void> | null = null;

  constructor(private readonly session: SessionConnection) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.load();
    await this.session.listen(
      FEATURES_CHANNEL,
      () => void this.look().catch((error: Error) => this.tellAway(error)),
    );
    this.looks.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.looks.stop();
  }

  /** The first look; whoever asks before it waits for it. */
  load(): Promise<void> {
    this.loaded ??= this.session.start().then(() => this.look());
    return this.loaded;
  }

  find(feature: string): StoredSwitch | null {
    return this.switches.get(feature) ?? null;
  }

  /** Calls back with the features whose switch was turned; answers how to stop. */
  onChange(listener: (features: readonly string[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when what was committed before the call is known here. */
  async look(): Promise<void> {
    // One that is under way may have read before the commit.
    await this.looking?.catch(() => undefined);
    this.looking ??= this.read().finally(() => (this.looking = null));
    return this.looking;
  }

  private async read(): Promise<void> {
    const rows = await this.session.query<SwitchRow>(ALL_SWITCHES.text, [], TIMEOUT_MS);
    const before = this.switches;
    this.switches = new Map(rows.map((row) => [row.feature, toSwitch(row)]));
    if (this.isAway) this.logger.log('Switches are read again.');
    this.isAway = false;
    const names = new Set([...before.keys(), ...this.switches.keys()]);
    const changed = [...names].filter((name) => this.find(name)?.version !== before.get(name)?.version);
    if (changed.length > 0) for (const listener of this.listeners) listener(changed);
  }

  private tellAway(error: Error): void {
    if (!this.isAway)
      this.logger.warn(`Switches stay as they were, they cannot be read now: ${error.message}`);
    this.isAway = true;
  }
}
