import { wordsOf } from '../terms.js';

const SMALL = new Set(
  'a an the and or of to it its them then that this these those in on at into from with by per for as please me my i all'.split(
    ' ',
  ),
);

/** Slugs out of words, each once: `count-packages-licence`, then `count-packages-licence-2`. */
export class TaskIds {
  private readonly taken = new Set<string>();

  next(words: string): string {
    const telling = wordsOf(words).filter((word) => !SMALL.has(word) && /^[a-z0-9]+$/.test(word));
    const slug = telling.slice(0, 4).join('-').slice(0, 48).replace(/-+$/, '') || 'task';
    let taskId = slug;
    for (let count = 2; this.taken.has(taskId); count += 1) taskId = `${slug}-${count}`;
    this.taken.add(taskId);
    return taskId;
  }
}
