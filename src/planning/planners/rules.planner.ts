import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { shortlistAll } from '../../agents/domain/routing.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import type { Definition } from '../../workflows/domain/definition.js';
import { validateDefinition } from '../../workflows/domain/validate-definition.js';
import type { CatalogueEntry } from '../domain/catalogue-entry.js';
import { baselineOf, sketchOf } from '../memory/domain/baseline-of.js';
import { likelyTypes } from '../memory/domain/likely-types.js';
import type { MemoryAnswer } from '../memory/domain/plan-memory.js';
import { shapeKey } from '../memory/domain/remembered-plan.js';
import { PlanMemories } from '../memory/plan-memories.service.js';
import { Planner, type PlanningTask, type Proposal, type WorkflowPlanner } from '../planner.js';
import { CatalogueIndex } from '../rules/domain/catalogue-index.js';
import { note } from '../rules/domain/fill/drafted-task.js';
import { fillSoundly, orWhole } from '../rules/domain/plan-by-rules.js';
import { shortlist } from '../rules/domain/shortlist.js';
import type { Sketch } from '../rules/domain/sketch.js';
import { sketchPlan } from '../rules/domain/sketch-plan.js';

/** Catalogues differ by workflow and constraints; few are in use at a time. */
const MAX_INDEXES = 32;
/** Requests that were just thought about. */
const MAX_THOUGHTS = 200;

type Asked = Pick<PlanningTask, 'request' | 'catalogue'>;

/** What is known of a request before anything is filled in. */
interface Thought {
  /** Best first; with the chance that each is right, where memory knows. */
  readonly sketches: readonly {
    readonly sketch: Sketch;
    readonly chance: number | null;
    /** Another one than rules alone would have made. */
    readonly isRemembered: boolean;
  }[];
  /** Approved plans say so clearly what to do that no model has to be asked. */
  readonly isKnown: boolean;
  readonly memory: MemoryAnswer | null;
}

/** Plans without a model: clauses, words, schemas, and what approved plans taught. */
@Planner({
  id: 'rules',
  description: 'Without a model: clauses, words and schemas, and what approved plans taught.',
})
@Injectable()
export class RulesPlanner implements WorkflowPlanner {
  private readonly indexes = new LRUCache<string, CatalogueIndex>({ max: MAX_INDEXES });
  private readonly thoughts = new LRUCache<string, Thought>({ max: MAX_THOUGHTS });

  constructor(
    private readonly types: TaskTypeRegistry,
    private readonly memories: PlanMemories,
  ) {}

  /** A clause that fits nothing, where no person may be asked, is in the diagnostics as `not_placed`. */
  plan(task: PlanningTask): Proposal {
    const { request, catalogue } = task;
    const plans = this.think(task).sketches.map(({ sketch, chance, isRemembered }) => {
      const { definition, diagnostics } = fillSoundly(sketch, catalogue, (each) => this.check(each));
      const remembered = isRemembered
        ? [note('plan_remembered', '', 'As plans did that were approved and ran well.')]
        : [];
      return {
        definition: withAgents(definition, task),
        diagnostics: [...remembered, ...diagnostics],
        confidence: chance,
      };
    });
    const [best, ...others] = plans;
    const alternatives = others
      .filter(({ diagnostics }) => diagnostics.every(({ code }) => code !== 'not_placed'))
      .map(({ definition, confidence }) => ({ definition, confidence }));
    return { definition: null, ...best, description: request, alternatives };
  }

  /** Whether approved plans that ran well say clearly enough what to do. */
  knows(task: Asked): boolean {
    return this.think(task).isKnown;
  }

  /** The task types most likely needed, at most `count`, best first. */
  shortlist(task: Asked, count: number): string[] {
    const { memory } = this.think(task);
    const names = new Set(task.catalogue.map(({ name }) => name));
    const byWords = shortlist(task.request, this.indexOf(task.catalogue), count);
    const proposed = memory?.plans.flatMap(({ taskTypes }) => taskTypes) ?? [];
    const votes = memory?.types ?? new Map<string, number>();
    return likelyTypes({ proposed, votes, byWords }, (name) => names.has(name), count);
  }

  private think({ request, catalogue }: Asked): Thought {
    const key = `${this.keyOf(catalogue)}\n${request}`;
    const thought = this.thoughts.get(key) ?? this.thinkAnew(request, catalogue);
    this.thoughts.set(key, thought);
    return thought;
  }

  private thinkAnew(request: string, catalogue: readonly CatalogueEntry[]): Thought {
    const sketch = sketchPlan(request, this.indexOf(catalogue));
    const plain = { sketch: orWhole(sketch, request), chance: null, isRemembered: false };
    const memory = this.memories.current()?.memory.ask(request) ?? null;
    const names = new Set(catalogue.map(({ name }) => name));
    const [first, ...more] = memory?.plans ?? [];
    const fits = ({ taskTypes }: { readonly taskTypes: readonly string[] }) =>
      taskTypes.every((type) => names.has(type));
    // Conditions are in the words alone.
    if (first === undefined || !fits(first) || sketch.steps.some(({ condition }) => condition !== null))
      return { sketches: [plain], isKnown: false, memory };
    const own = shapeKey(baselineOf(sketch));
    const sketches = [first, ...more.filter(fits)].map((shape) => {
      const isRemembered = shapeKey(shape) !== own;
      const made = isRemembered ? sketchOf(shape, sketch, request) : plain.sketch;
      return { sketch: made, chance: shape.chance, isRemembered };
    });
    return { sketches, isKnown: memory?.isConfident === true, memory };
  }

  private keyOf(catalogue: readonly CatalogueEntry[]): string {
    return `${this.memories.current()?.version ?? ''}\n${catalogue.map(({ name }) => name).join(' ')}`;
  }

  private indexOf(catalogue: readonly CatalogueEntry[]): CatalogueIndex {
    const key = this.keyOf(catalogue);
    const extensions = this.memories.current()?.memory.words;
    const index =
      this.indexes.get(key) ?? new CatalogueIndex(catalogue, extensions === undefined ? {} : { extensions });
    this.indexes.set(key, index);
    return index;
  }

  private check(definition: Definition) {
    return validateDefinition(definition, { findTaskType: (name) => this.types.find(name) }).issues;
  }
}

/** Where agents are constrained each task names the most specific one that can do it. */
function withAgents(definition: Definition, { constraints, agents }: PlanningTask): Definition {
  if (constraints.agentIds === undefined) return definition;
  const routable = agents.map((agent) => ({ ...agent, status: 'active' as const }));
  const demands = new Map(definition.tasks.map(({ taskType }) => [taskType, [taskType]]));
  const capable = shortlistAll(routable, demands);
  const tasks = definition.tasks.map((task) => {
    const [agentId] = capable.get(task.taskType) ?? [];
    return agentId === undefined ? task : { ...task, agentId };
  });
  return { ...definition, tasks };
}
