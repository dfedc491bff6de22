import { z } from 'zod';

export const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof METHODS)[number];

/** Set by the connection; another value would break the message or point it at another host. */
const MANAGED_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/i, { error: 'This is not the name of a header.' })
  .refine((name) => !MANAGED_HEADERS.has(name.toLowerCase()), {
    error: `These headers are set by the service: ${[...MANAGED_HEADERS].join(', ')}.`,
  });
const headerValue = z.string().regex(/^[^\r\n\0]*$/, { error: 'A header value is one line.' });
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const status = z.int().min(200).max(599);

export const httpRequestParameters = z
  .strictObject({
    url: z.string().min(1).max(8192).meta({
      description:
        'http or https, absolute, without credentials. Private addresses are refused unless opened by name.',
    }),
    method: z.enum(METHODS).default('GET').meta({ description: 'The method; GET by default.' }),
    headers: z.record(headerName, headerValue).default({}).meta({ description: 'Request headers by name.' }),
    query: z
      .record(z.string(), z.union([scalar, z.array(scalar)]))
      .default({})
      .meta({
        description: 'Added to the query of the URL; an array gives its name several times.',
        adjustable: true,
      }),
    body: z.unknown().optional().meta({
      description:
        'Text is sent as it is, any other JSON as application/json, unless `headers` names a Content-Type.',
    }),
    idempotencyHeader: headerName.optional().meta({
      description:
        'Name of a header, such as Idempotency-Key, that is sent with a key that is the same for every attempt. ' +
        'Use it where the server recognises repetitions: the request may then be repeated safely.',
    }),
    expectStatus: z
      .union([status, z.array(status).min(1)])
      .optional()
      .meta({
        description:
          'The statuses that count as success; 200–299 by default. A redirect named here is not followed.',
        adjustable: true,
      }),
    timeoutSeconds: z.number().min(0.1).max(300).default(30).meta({
      description: 'Time limit for the whole exchange with its redirects.',
      adjustable: true,
    }),
  })
  .refine(({ method, body }) => body === undefined || !['GET', 'HEAD'].includes(method), {
    error: 'GET and HEAD have no body. Use "query", or another method.',
    path: ['body'],
  });
export type HttpRequestParameters = z.output<typeof httpRequestParameters>;

export const httpRequestResult = z.strictObject({
  status: z.int().meta({ description: 'The status of the last answer.' }),
  headers: z.record(z.string(), z.string()).meta({ description: 'Its headers, names in lower case.' }),
  body: z.unknown().meta({
    description:
      'The JSON value where the content type is JSON, else the text; base64 text for other bytes; null for none.',
  }),
  bodyEncoding: z.enum(['json', 'text', 'base64', 'none']).meta({ description: 'Which of these `body` is.' }),
});
export type HttpRequestResult = z.output<typeof httpRequestResult>;
