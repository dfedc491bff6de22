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

function refusal(error: unknown): Extract<JobAnswer<never>, { ok: false }> {
  const isDeep = (error as { originalError?: unknown } | null)?.originalError instanceof RangeError;
  const said = error instanceof Error ? error.message : String(error);
  const reason = isDeep ? 'it is nested too deeply' : said;
  return { ok: false, code: 'template_failed', message: `The template cannot be rendered: ${reason}` };
}

/** Parses a template and renders nothing. */
export function parse(template: string): JobAnswer<null> {
  try {
    liquid.parse(template);
    return { ok: true, value: null };
  } catch (error) {
    return refusal(error);
  }
}

export async function run({ template, data }: RenderInput): Promise<JobAnswer<string>> {
  try {
    const text: unknown = await liquid.parseAndRender(template, data);
    return { ok: true, value: String(text) };
  } catch (error) {
    return refusal(error);
  }
}
