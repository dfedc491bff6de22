import type { JsonValue } from '../../common/json.js';
import { collectReferences, referencesOf } from '../../workflows/domain/collect-references.js';
import type { ReferenceScope } from '../../workflows/domain/resolve-reference.js';
import type { RunState } from '../domain/run-state.js';
import type { EngineStore } from '../engine-store.port.js';

type Loaded = ReadonlyMap<number, JsonValue>;
const NOTHING_LOADED: Loaded = new Map();

/** The recorded results of one run, as references see them; large ones come from their own table. */
export class RunResults {
  /** Tasks keep their places; those a run gets while it goes on come after them. */
  private readonly places = new Map<string, number>();

  constructor(
    private readonly input: JsonValue,
    private readonly store: EngineStore,
  ) {}

  /** What `value` refers to. A promise only when large results have to be loaded: most attempts need none. */
  scopeFor(
    state: RunState,
    value: JsonValue,
    literalNames?: ReadonlySet<string>,
  ): ReferenceScope | Promise<ReferenceScope> {
    const { templates } = collectReferences(value, literalNames);
    const taskIds = templates.flatMap(({ template }) =>
      referencesOf(template).flatMap(({ taskId }) => taskId ?? []),
    );
    return this.scopeOf(state, taskIds);
  }

  /** The scope in which the results of some tasks can be read. */
  scopeOf(state: RunState, taskIds: readonly string[]): ReferenceScope | Promise<ReferenceScope> {
    const large = new Set<number>();
    for (const taskId of taskIds) {
      const index = this.placeOf(state, taskId);
      if (index === undefined) continue;
      const { result } = state.tasks.get(index);
      if (result !== null && 'payload' in result) large.add(index);
    }
    if (large.size === 0) return this.scope(state, NOTHING_LOADED);
    return this.load(state, large).then((loaded) => this.scope(state, loaded));
  }

  private scope(state: RunState, loaded: Loaded): ReferenceScope {
    const parsed = new Map<number, JsonValue>(loaded);
    return {
      input: this.input,
      result: (taskId) => {
        const index = this.placeOf(state, taskId);
        if (index === undefined) return undefined;
        const known = parsed.get(index);
        if (known !== undefined) return known;
        const { result } = state.tasks.get(index);
        if (result !== null && 'payload' in result) return undefined;
        const value = result === null ? null : (JSON.parse(result.json) as JsonValue);
        parsed.set(index, value);
        return value;
      },
    };
  }

  private placeOf({ plan }: RunState, taskId: string): number | undefined {
    for (let index = this.places.size; index < plan.length; index += 1)
      this.places.set((plan[index] as { taskId: string }).taskId, index);
    return this.places.get(taskId);
  }

  private async load(state: RunState, indexes: ReadonlySet<number>): Promise<Loaded> {
    const loaded = new Map<number, JsonValue>();
    for (const index of indexes) {
      const { id } = state.plan[index] as { id: string };
      const json = await this.store.loadPayload(id);
      loaded.set(index, json === null ? null : (JSON.parse(json) as JsonValue));
    }
    return loaded;
  }
}
