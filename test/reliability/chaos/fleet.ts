import { setTimeout as sleep } from 'node:timers/promises';
import type { BrokenRule } from '../invariants.js';
import type { Chance } from './chance.js';
import { Member, type MemberSettings } from './member.js';
import { Proxy } from './proxy.js';

const START_TRIES = 3;

/** One of the places of a fleet: its way to PostgreSQL, and the process that stands there now. */
export interface Place {
  readonly number: number;
  readonly proxy: Proxy;
  member: Member | null;
}

type FleetSettings = Omit<MemberSettings, 'databaseUrl' | 'crashPoint'> & { readonly databaseUrl: string };

/** The processes of Tandem, each behind its own proxy. Whoever dies unasked is remembered as a broken rule. */
export class Fleet {
  readonly broken: BrokenRule[] = [];
  readonly startTimes: number[] = [];
  private closing = false;

  private constructor(
    private readonly settings: FleetSettings,
    private readonly chance: Chance,
    readonly places: readonly Place[],
  ) {}

  static async start(size: number, settings: FleetSettings, chance: Chance): Promise<Fleet> {
    const places: Place[] = [];
    for (let number = 1; number <= size; number += 1)
      places.push({ number, proxy: await Proxy.start(settings.databaseUrl, chance), member: null });
    const fleet = new Fleet(settings, chance, places);
    // The first one fills the cache of compiled sources.
    for (const place of places) await fleet.fill(place, null);
    return fleet;
  }

  get members(): readonly Member[] {
    return this.places.flatMap(({ member }) => (member?.isAlive === true ? member : []));
  }

  /** Address of a living process by chance; null when there is none. */
  anyOrigin(): string | null {
    const origins = this.members.flatMap(({ origin }) => origin ?? []);
    return origins.length === 0 ? null : this.chance.pick(origins);
  }

  /** Starts a process at a place whose process is gone. */
  async fill(place: Place, crashPoint: string | null): Promise<Member> {
    for (let tries = 1; ; tries += 1) {
      const startedAt = performance.now();
      try {
        const { proxy } = place;
        const member = await Member.start({ ...this.settings, databaseUrl: proxy.url, crashPoint });
        this.startTimes.push(performance.now() - startedAt);
        place.member = member;
        void member.ended.then(() => this.onEnd(place, member));
        return member;
      } catch (error) {
        if (tries === START_TRIES) throw error;
        await sleep(500);
      }
    }
  }

  /** Every way is open again and every process is there. */
  async heal(): Promise<void> {
    for (const { proxy, member } of this.places) {
      proxy.be('pass');
      member?.signal('SIGCONT');
    }
    for (const place of this.places) if (place.member?.isAlive !== true) await this.fill(place, null);
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.members.map((member) => member.kill()));
    for (const { proxy } of this.places) proxy.close();
  }

  private onEnd(place: Place, member: Member): void {
    if (this.closing || member.isExpectedEnd) return;
    this.broken.push({
      rule: 'I8 no process dies unless it is killed',
      detail: `process ${place.number}: ${member.describeEnd()}`,
    });
  }
}
