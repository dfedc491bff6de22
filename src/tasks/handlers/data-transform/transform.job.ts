import jsonata from 'jsonata';
import type { JobAnswer } from '../../sandbox/sandbox-job.js';

export interface TransformInput {
  readonly input: unknown;
  readonly expression: string;
}

/** JSONata throws plain objects with these members. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof RangeError) return 'it is nested too deeply';
  const { message, position } = thrown as { message?: unknown; position?: unknown };
  const where = typeof position === 'number' ? ` (at character ${position})` : '';
  return `${typeof message === 'string' ? message : String(thrown)}${where}`;
}

/** JSONata gives its own functions as objects with one of these marks. */
function isFunction(value: unknown): boolean {
  const { _jsonata_lambda, _jsonata_function } = (value ?? {}) as Record<string, unknown>;
  return typeof value === 'function' || _jsonata_lambda === true || _jsonata_function === true;
}

/** Parses an expression and evaluates nothing. */
export function compile(expression: string): JobAnswer<jsonata.Expression> {
  try {
    return { ok: true, value: jsonata(expression) };
  } catch (error) {
    const message = `The expression is not JSONata: ${reasonOf(error)}`;
    return { ok: false, code: 'invalid_expression', message };
  }
}

/** Evaluates a JSONata expression; an expression that yields nothing gives null. */
export async function run({ input, expression }: TransformInput): Promise<JobAnswer<unknown>> {
  const compiled = compile(expression);
  if (!compiled.ok) return compiled;
  try {
    const value: unknown = await compiled.value.evaluate(input);
    if (isFunction(value)) {
      const message = 'The expression yields a function; call it, or yield data.';
      return { ok: false, code: 'expression_failed', message };
    }
    return { ok: true, value: value ?? null };
  } catch (error) {
    return { ok: false, code: 'expression_failed', message: `The expression failed: ${reasonOf(error)}` };
  }
}
