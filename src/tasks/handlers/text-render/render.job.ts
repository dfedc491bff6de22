import { Liquid } from 'liquidjs';
import type { JobAnswer } from '../../sandbox/sandbox-job.js';

export interface RenderInput {
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const liquid = new Liquid({
  // An empty set of partials: `include`, `render` and `layout` find nothing, and no file system is asked.
  templates: {},
  ownPropertyOnly: true,
  strictFilters: true,
  // A misspelt name fails instead of leaving a gap; `if` and `default` may still ask for what is absent.
  strictVariables: true,
  lenientIf: true,
  parseLimit: 1_000_000,
  renderLimit: 4000,
  memoryLimit: 20_000_000,
  timezoneOffset: 0,
  locale: 'en-US',
});

export async function run({ template, data }: RenderInput): Promise<JobAnswer<string>> {
  try {
    const text: unknown = await liquid.parseAndRender(template, data);
    return { ok: true, value: String(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, code: 'template_failed', message: `The template cannot be rendered: ${reason}` };
  }
}
