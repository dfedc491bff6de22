import type { GoldRequest, Tool } from './gold-files.js';

/** Kinds of made-up worlds: how people speak, how plans repeat, how often those who approved them disagree. */
export interface WorldOptions {
  readonly seed: number;
  /** Share of requests with a plan of their own; the others take one of the usual plans, by Zipf's law. */
  readonly fresh: number;
  /**
   * Share of plans in which one task type is another one, missing or in another place: a mean over domains, in few of which
   * people disagree a lot.
   */
  readonly noise: number;
  /** Chance that a request leaves out a step that people take for granted. */
  readonly unsaid: number;
}

export interface World {
  readonly tools: readonly Tool[];
  /** Draws requests with their plans, one after another. */
  draw(count: number): readonly GoldRequest[];
}

/** Things of a domain, each with what people call them; the first names the tools. */
const DOMAINS: readonly string[] = [
  'flight:plane ticket:seat on a plane|visa:travel permit|itinerary:travel schedule',
  'hotel:place to stay:lodging|guest_review:opinions of guests',
  'account:bank account|transfer:money to a friend|loan:credit|exchange_rate:currency rate',
  'stock:shares|fund:investment|portfolio:holdings',
  'doctor:physician:specialist|prescription:medicine:pills|test_result:lab values|vaccination:jab',
  'course:class:lessons|exam:test|homework:assignment|scholarship:grant',
  'meeting:call with the team:discussion|calendar:agenda|reminder:note to myself',
  'email:message:mail|contact:address of a person|newsletter:bulletin',
  'document:paper:file|translation:text in another language|signature:sign-off',
  'order:purchase:things I bought|parcel:package:delivery|return:refund|coupon:discount code',
  'product:item:article|warranty:guarantee|price:cost',
  'restaurant:table for dinner:place to eat|recipe:dish to cook|meal:food',
  'movie:film:something to watch|concert_ticket:show:live music|museum:exhibition',
  'song:track:music|playlist:mix|podcast:episode',
  'light:lamp|thermostat:temperature at home:heating|camera:security video|vacuum:cleaning robot',
  'car:vehicle|taxi:ride:cab|parking:spot for the car|route:way to get there:directions',
  'weather:forecast:rain|air_quality:pollution|alarm:wake-up time',
  'job:position:vacancy|resume:cv|interview:talk with the employer|salary:pay',
  'tax:tax return|invoice:bill|budget:spending plan|insurance:policy',
  'apartment:flat:home to rent|utility:electricity and water|repair:something broken|moving_company:movers',
  'photo:picture|video:clip|album:collection',
  'server:machine|backup:copy of the data|deployment:release|log:error messages',
  'ticket:support case:complaint|customer:client|campaign:advertising',
  'report:summary:overview|chart:graph|dataset:table of numbers|survey:questionnaire',
  'pet:dog:cat|garden:plants|gym:workout:training|sleep:rest',
  'passport:travel document|licence:driving licence|appointment:slot|petition:request to the city',
];

/** What is done with things, each with what people say; earlier ones come before later ones in a plan. */
const ACTIONS: readonly string[] = [
  'search:find:look for:see what is there of:look up',
  'query:check:get details of:tell me about:show me',
  'compare:weigh up:see which is the best of',
  'create:make:set up:start a new',
  'book:reserve:get me:secure',
  'update:change:adjust:fix the details of',
  'pay:settle:take care of the payment for',
  'cancel:drop:call off:get rid of',
  'send:share:forward:let my colleague have',
  'review:rate:give feedback on',
];
const DESCRIPTIONS: readonly string[] = [
  ...['{a} {o}', '{a} a {o}', '{a} {o} information', '{a} the specified {o}', '{a} {o} for user'],
];
const OPENINGS: readonly string[] = [
  ...['I am {n}.', 'My name is {n} and I need help.', 'Hello, {n} here, something about my {o}.'],
  ...['I have a busy week with my {o}.', 'We talked about the {o} yesterday.', ''],
  ...['', '', 'Please help me:', 'I would like some help.', 'Things are complicated at the moment.'],
];
const DETAILS: readonly string[] = [
  ...['', '', ' for {n}', ' in {c}', ' on {d}', " called '{q}'", ' with number {i}', ' for next week'],
  ...[' as soon as possible', ' at {t}', ' from {c}', ' that {n} mentioned', ' for my family'],
];
const JOINTS: readonly string[] = [', then ', ' and ', '. Then ', ', ', '. After that, ', ' and then ', '. '];
const NAMES = 'Anna Lopez|Wei Zhang|John Smith|Priya Rao|Lena Fischer|Omar Said|Kim Lee|Ivy Chen'.split('|');
const CITIES = 'Berlin|Shanghai|Lagos|Lima|Toronto|Osaka|Madrid|Cairo|Oslo|Mumbai'.split('|');

/** Mulberry32: the same numbers for the same seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface MadeTool {
  readonly name: string;
  readonly domain: number;
  /** Place of its action: plans go up. */
  readonly stage: number;
  readonly verbs: readonly string[];
  readonly things: readonly string[];
  /** How often people use it. */
  readonly popularity: number;
}

class Dice {
  private readonly next: () => number;
  constructor(seed: number) {
    this.next = numbers(seed);
  }
  number = (): number => this.next();
  holds = (chance: number): boolean => this.next() < chance;
  below = (count: number): number => Math.floor(this.next() * count);
  of = <T>(list: readonly T[]): T => list[this.below(list.length)] as T;
  /** Earlier ones more often: Zipf's law. */
  zipf<T>(list: readonly T[], power: number): T {
    const weights = list.map((_, at) => (at + 1) ** -power);
    return this.weighted(list, weights);
  }
  weighted<T>(list: readonly T[], weights: readonly number[]): T {
    let left = this.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [at, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return list[at] as T;
    }
    return list.at(-1) as T;
  }
}

const TOOLS = 260;

function makeTools(dice: Dice): readonly MadeTool[] {
  const all: MadeTool[] = [];
  for (const [domain, line] of DOMAINS.entries())
    for (const object of line.split('|')) {
      const things = object.split(':');
      const stages = new Set([0, 1]);
      while (stages.size < 4) stages.add(dice.below(ACTIONS.length));
      for (const stage of stages) {
        const verbs = (ACTIONS[stage] as string).split(':');
        const name = `${verbs[0] ?? ''}_${things[0] ?? ''}`;
        all.push({ name, domain, stage, verbs, things, popularity: 0.2 + dice.number() ** 3 });
      }
    }
  return all
    .map((tool) => ({ tool, at: dice.number() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, TOOLS)
    .map(({ tool }) => tool);
}

const plain = (name: string): string => name.replaceAll('_', ' ');

class WorldMaker {
  readonly made: readonly MadeTool[];
  private readonly usual: readonly (readonly MadeTool[])[];
  /** How often people disagree, by domain. */
  private readonly noise: readonly number[];
  private count = 0;

  constructor(
    private readonly dice: Dice,
    private readonly options: WorldOptions,
  ) {
    this.made = makeTools(dice);
    this.noise = DOMAINS.map(() => Math.min(1, options.noise * 3 * dice.number() ** 2));
    this.usual = Array.from({ length: 600 }, () => this.plan());
  }

  /** Task types of one domain, mostly, in the order of what is done. */
  private plan(): readonly MadeTool[] {
    const { dice, made } = this;
    const first = dice.weighted(
      made,
      made.map(({ popularity }) => popularity),
    );
    const length = dice.weighted([1, 2, 3, 4, 5], [10, 35, 30, 17, 8]);
    const plan = new Set([first]);
    for (let tries = 0; plan.size < length && tries < 30; tries += 1) {
      const near = made.filter((tool) =>
        dice.holds(0.9) ? tool.domain === first.domain : tool.domain !== first.domain,
      );
      plan.add(
        dice.weighted(
          near,
          near.map(({ popularity }) => popularity),
        ),
      );
    }
    const ordered = [...plan].sort((a, b) => a.stage - b.stage || (a.name < b.name ? -1 : 1));
    const [one] = ordered;
    return dice.holds(0.15) && one !== undefined ? [...ordered.slice(1), one] : ordered;
  }

  private fill(text: string, plan: readonly MadeTool[]): string {
    const { dice } = this;
    const put: Readonly<Record<string, () => string>> = {
      n: () => dice.of(NAMES),
      c: () => dice.of(CITIES),
      d: () => `2026-0${1 + dice.below(9)}-1${dice.below(10)}`,
      q: () => `${dice.of(CITIES)} ${dice.below(90)}`,
      i: () => String(100 + dice.below(900)),
      t: () => `${1 + dice.below(12)}:30 pm`,
      o: () => plain(dice.of(dice.of(plan).things)),
    };
    return text.replace(/\{(\w)\}/g, (_, key: string) => put[key]?.() ?? '');
  }

  private phrase({ verbs, things }: MadeTool): string {
    const { dice } = this;
    const verb = dice.zipf(verbs, 0.7);
    const thing = plain(dice.zipf(things, 0.7));
    return `${verb} ${dice.of(['the ', 'my ', 'a ', ''])}${thing}${dice.of(DETAILS)}`;
  }

  private requestFor(plan: readonly MadeTool[]): string {
    const { dice, options } = this;
    const said = plan.filter((_, at) => at === plan.length - 1 || !dice.holds(options.unsaid));
    const body = said
      .map((tool) => this.phrase(tool))
      .reduce((text, one) => `${text}${dice.of(JOINTS)}${one}`);
    const opening = dice.of(OPENINGS);
    const polite = dice.of(['', 'I want to ', 'Please ', 'I need to ', 'Could you ']);
    return this.fill(`${opening} ${polite}${body}.`, plan).trim();
  }

  /** What somebody approved, who does not always think the same. */
  private approved(plan: readonly MadeTool[]): readonly MadeTool[] {
    const { dice, made } = this;
    if (!dice.holds(this.noise[plan[0]?.domain ?? 0] ?? 0)) return plan;
    const at = dice.below(plan.length);
    const tool = plan[at] as MadeTool;
    const rest = plan.filter((one) => one !== tool);
    const kind = dice.below(3);
    if (kind === 0 && rest.length > 0) return rest;
    if (kind === 1 && rest.length > 0) return [...rest, tool];
    const others = made.filter((one) => one.domain === tool.domain && !plan.includes(one));
    if (others.length === 0) return plan;
    const other = dice.of(others);
    return plan.map((one) => (one === tool ? other : one));
  }

  draw(): GoldRequest {
    const { dice, options } = this;
    const plan = dice.holds(options.fresh) ? this.plan() : dice.zipf(this.usual, 0.9);
    const text = this.requestFor(plan);
    const approved = this.approved(plan);
    const names = approved.map(({ name }) => name);
    this.count += 1;
    return {
      ...{ id: String(this.count).padStart(6, '0'), text },
      steps: approved.map((tool, at) =>
        this.fill(`Step ${at + 1}: Call ${tool.name} to ${this.phrase(tool)}`, approved),
      ),
      gold: {
        nodes: names,
        links: names.slice(1).map((target, at) => ({ source: names[at] as string, target })),
      },
    };
  }
}

/** A world of 260 tersely described tools that nobody has, with requests and plans; the same for the same options. */
export function makeWorld(options: WorldOptions): World {
  const dice = new Dice(options.seed);
  const maker = new WorldMaker(dice, options);
  const tools = maker.made.map(({ name, verbs, things }) => ({
    name,
    description: dice
      .of(DESCRIPTIONS)
      .replace('{a}', verbs[0] ?? '')
      .replace('{o}', plain(things[0] ?? '')),
    ...{ parameters: [], takes: [], gives: [] },
  }));
  return { tools, draw: (count) => Array.from({ length: count }, () => maker.draw()) };
}
