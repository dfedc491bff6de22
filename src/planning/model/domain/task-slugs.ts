import { TASK_ID_PATTERN } from '../../../workflows/domain/definition.js';
import { quoted, type Repairs } from './repairs.js';

const slugOf = (text: string): string =>
  text
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);

/** An id of each task as the definition takes it: slugs, each once. `types`: what a task without an id is called after. */
export function taskSlugs(
  rawIds: readonly (string | null)[],
  types: readonly (string | null)[],
  repairs: Repairs,
): string[] {
  const taken = new Set<string>();
  return rawIds.map((raw, index) => {
    const wanted = raw ?? types[index]?.split('.').at(-1) ?? '';
    const base = TASK_ID_PATTERN.test(wanted) ? wanted : slugOf(wanted) || `task-${index + 1}`;
    let taskId = base;
    for (let count = 2; taken.has(taskId); count += 1) taskId = `${base.slice(0, 120)}-${count}`;
    taken.add(taskId);
    if (taskId !== raw)
      repairs.mended('task_id_mended', `/tasks/${index}/taskId`, `${quoted(raw)} became ${quoted(taskId)}.`);
    return taskId;
  });
}
