import { z } from 'zod';

const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).default([]),
});

/** What Tandem answered instead of what was asked for. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function errorFrom(answer: Response): Promise<ApiError> {
  const text = await answer.text();
  const problem = problemSchema.safeParse(
    answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null,
  );
  if (!problem.success) return new ApiError(answer.status, `${answer.status} ${text.slice(0, 500)}`);
  const { detail, errors } = problem.data;
  const lines = errors.slice(0, 10).map(({ pointer, message }) => `\n  ${pointer} ${message}`);
  return new ApiError(answer.status, detail + lines.join(''));
}

/** The HTTP API of one Tandem. Answers other than 2xx are an `ApiError` with the words of the service. */
export class Api {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${this.origin}/api/v1${path}`, init);
    if (!answer.ok) throw await errorFrom(answer);
    return answer;
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await (await this.request(path)).json());
  }

  async send<T>(method: 'POST' | 'PUT', path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const answer = await this.request(path, { method, headers, body: JSON.stringify(body) });
    return schema.parse(await answer.json());
  }
}
