import { setTimeout as sleep } from 'node:timers/promises';
import type { BrokenRule } from '../invariants.js';
import type { Place } from './fleet.js';
import type { Harness } from './harness.js';

const REACH_WITHIN_MS = 8_000;
const MAX_TRIES = 6;

export interface Kills {
  readonly kills: number;
  /** Names of crash points, as often as each is to be reached; the other kills come at random. */
  readonly points: readonly string[];
  /** No kill begins later than this after the first; for a short form on a busy machine. */
  readonly withinMs?: number;
}

interface Hunt {
  readonly name: string;
  readonly tries: number;
}

/** kill -9, at named points and at random moments; every process that died is started again. */
export class KillRound {
  done = 0;
  readonly reached = new Map<string, number>();
  private readonly hunts: Hunt[];
  private readonly neverReached: string[] = [];
  private readonly deadline: number;

  constructor(
    private readonly harness: Harness,
    private readonly wanted: Kills,
  ) {
    this.deadline = performance.now() + (wanted.withinMs ?? Infinity);
    this.hunts = harness.parts.chance.shuffled(wanted.points).map((name) => ({ name, tries: 0 }));
  }

  async run(): Promise<BrokenRule[]> {
    await Promise.all(this.harness.parts.fleet.places.map((place) => this.haunt(place)));
    return this.neverReached.map((name) => ({
      rule: 'every crash point is reached',
      detail: `${name}, in ${MAX_TRIES} tries of ${REACH_WITHIN_MS / 1000} s`,
    }));
  }

  private get isOver(): boolean {
    if (performance.now() > this.deadline) return true;
    return this.done >= this.wanted.kills && this.hunts.length === 0;
  }

  private async haunt(place: Place): Promise<void> {
    const { options } = this.harness;
    // Each start ends in one kill.
    while (!this.isOver) {
      await this.strike(place, place.member?.isAlive === true ? undefined : this.next());
      this.done += 1;
      if (this.done % 10 === 0)
        options.report(`${this.done} kills, ${this.reachedCount} of them at named points`);
    }
  }

  /** Points as long as there are any, but some kills at random in between. */
  private next(): Hunt | undefined {
    const left = this.wanted.kills - this.done;
    const isPointsTurn =
      this.hunts.length >= left || this.harness.parts.chance.is(this.hunts.length / Math.max(1, left));
    return isPointsTurn ? this.hunts.shift() : undefined;
  }

  private get reachedCount(): number {
    return [...this.reached.values()].reduce((sum, count) => sum + count, 0);
  }

  private async strike(place: Place, hunt: Hunt | undefined): Promise<void> {
    const { fleet, chance } = this.harness.parts;
    if (hunt === undefined) {
      const member = place.member?.isAlive === true ? place.member : await fleet.fill(place, null);
      await Promise.race([member.ended, sleep(chance.between(100, 2_500))]);
      return member.kill();
    }
    const times = hunt.tries === 0 ? chance.whole(1, 2) : 1;
    const member = await fleet.fill(place, `${hunt.name}:${times}`);
    if (hunt.name.startsWith('take-over')) this.orphan(place);
    await Promise.race([member.ended, sleep(REACH_WITHIN_MS, undefined, { ref: false })]);
    await member.kill();
    if (member.hasReachedPoint) this.reached.set(hunt.name, (this.reached.get(hunt.name) ?? 0) + 1);
    else if (hunt.tries + 1 < MAX_TRIES) this.hunts.push({ name: hunt.name, tries: hunt.tries + 1 });
    else this.neverReached.push(hunt.name);
    const missed = member.hasReachedPoint ? '' : ` missed ${hunt.name} (try ${hunt.tries + 1})`;
    if (missed !== '') this.harness.options.report(missed.trim());
  }

  /** Somebody has to die for a take-over, and nobody else be there to do it. */
  private orphan(except: Place): void {
    const { fleet, chance } = this.harness.parts;
    const others = fleet.places.filter((place) => place !== except);
    void chance.pick(others).member?.kill();
  }
}
