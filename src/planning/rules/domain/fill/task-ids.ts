const SMALL = new Set(
  'a an the and or of to it its them then that this these those in on at into from with by per for as please me my i all how is are there'.split(
    ' ',
  ),
);

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/** `https://example.com/a/items.json?x=1` is called `items.json`. */
const shortAddress = (url: string): string => /([^/?#]+)\/?(?:[?#]|$)/.exec(url)?.[1] ?? url;

/** Slugs out of words, each once: `count-packages-licence`, then `count-packages-licence-2`. */
export class TaskIds {
  private readonly taken = new Set<string>();

  /** Lets an id be given again. */
  free(taskId: string): void {
    this.taken.delete(taskId);
  }

  next(words: string): string {
    const telling = words
      .slice(0, 300)
      .replace(/https?:\/\/\S{1,200}/gi, shortAddress)
      .split(/\s+/)
      .filter((word) => !SMALL.has(word.toLowerCase()))
      .map(slug)
      .filter((word) => word !== '');
    const base = telling.slice(0, 4).join('-').slice(0, 48).replace(/-+$/, '') || 'task';
    let taskId = base;
    for (let count = 2; this.taken.has(taskId); count += 1) taskId = `${base}-${count}`;
    this.taken.add(taskId);
    return taskId;
  }
}
