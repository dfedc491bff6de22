import { TASK_ID_PATTERN } from '../../../workflows/domain/definition.js';
import { quoted, type Repairs } from './repairs.js';

const MAX_LENGTH = 128;
/** Room for the number of a repetition. */
const MAX_BASE = 120;

/** `Read the File!` → `read-the-file`; '' where nothing is left of it. */
export const slugOf = (text: string): string =>
  text
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, MAX_BASE)
    .replace(/-$/, '');

/** Slugs that are given, each once; the first of equal ones keeps its id. */
class Slugs {
  private readonly taken: Set<string>;
  private readonly counts = new Map<string, number>();

  constructor(kept: Iterable<string>) {
    this.taken = new Set(kept);
  }

  give(base: string): string {
    let slug = base;
    for (let count = this.counts.get(base) ?? 2; this.taken.has(slug); count += 1) {
      slug = `${base.slice(0, MAX_BASE)}-${count}`;
      this.counts.set(base, count + 1);
    }
    this.taken.add(slug);
    return slug.slice(0, MAX_LENGTH);
  }
}

/**
 * An id of each task as the definition takes it: slugs, each once. Ids that are right already keep theirs, whatever
 * others become. `types`: what a task without an id is called after.
 */
export function taskSlugs(
  rawIds: readonly (string | null)[],
  types: readonly (string | null)[],
  repairs: Repairs,
): string[] {
  const isKept = new Set<number>();
  const kept = new Set<string>();
  for (const [index, raw] of rawIds.entries()) {
    if (raw === null || !TASK_ID_PATTERN.test(raw) || kept.has(raw)) continue;
    kept.add(raw);
    isKept.add(index);
  }
  const slugs = new Slugs(kept);
  return rawIds.map((raw, index) => {
    if (raw !== null && isKept.has(index)) return raw;
    const named = slugOf(raw ?? '') || slugOf(types[index]?.split('.').at(-1) ?? '');
    const taskId = slugs.give(named || `task-${index + 1}`);
    const was = raw === null ? 'It had no id and' : `The id ${quoted(raw)}`;
    repairs.respelled('task_id_mended', ['tasks', index, 'taskId'], `${was} became ${quoted(taskId)}.`);
    return taskId;
  });
}
