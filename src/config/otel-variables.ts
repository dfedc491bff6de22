import { z } from 'zod';
import { SAMPLERS, type TracingSettings } from './tracing-settings.js';
import { documented, wholeNumber } from './variable-types.js';

/** OpenTelemetry reads them without regard to case. */
const anyCaseFlag = z
  .string()
  .regex(/^(true|false)$/i, 'must be true or false')
  .transform((value) => value.toLowerCase() === 'true');

const endpoint = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && [username, password, search, hash].join('') === '';
}, 'must be a http or https address without credentials, query and fragment, like http://localhost:4318');

/** `a=1,b=two%20words`, as W3C baggage writes it; undefined: it cannot be read. */
function readPairs(text: string): Record<string, string> | undefined {
  const pairs: Record<string, string> = {};
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [, name, value] = /^([^\s=]+)\s*=\s*(.*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return undefined;
    try {
      pairs[decodeURIComponent(name)] = decodeURIComponent(value);
    } catch {
      return undefined;
    }
  }
  return pairs;
}

const pairs = (isFit: (name: string, value: string) => boolean) =>
  z.string().transform((text, context) => {
    const read = readPairs(text);
    if (read !== undefined && Object.entries(read).every(([name, value]) => isFit(name, value))) return read;
    context.addIssue({ code: 'custom', message: 'must be a list like name=value,other=value' });
    return z.NEVER;
  });

const headers = pairs((name, value) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value));
const milliseconds = wholeNumber(1, 600_000);
const protocol = z.enum(['http/json', 'http/protobuf']);
const compression = z.enum(['gzip', 'none']);

/** What is read of OpenTelemetry; names, meanings and defaults are those of its specification. */
export const otelVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: documented(endpoint.optional(), {
    description: 'Address of a collector that takes OTLP over HTTP; traces go to `/v1/traces` below it.',
    default: 'none: nothing is traced',
  }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: documented(endpoint.optional(), {
    description: 'Address traces are posted to, as it is, before OTEL_EXPORTER_OTLP_ENDPOINT.',
    default: 'none',
  }),
  OTEL_EXPORTER_OTLP_HEADERS: documented(headers.optional(), {
    description:
      'Headers sent to the collector, as `name=value,…` with percent-encoded values. Secret: OTEL_EXPORTER_OTLP_HEADERS_FILE names a file that holds it.',
    default: 'none',
  }),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: documented(headers.optional(), {
    description:
      'The same for traces only, in addition. Secret: OTEL_EXPORTER_OTLP_TRACES_HEADERS_FILE names a file that holds it.',
    default: 'none',
  }),
  OTEL_EXPORTER_OTLP_TIMEOUT: documented(milliseconds.optional(), {
    description: 'How long the collector may take for one batch, repeats included.',
    default: '10000',
    unit: 'milliseconds',
  }),
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: documented(milliseconds.optional(), {
    description: 'The same for traces only.',
    default: 'that of OTEL_EXPORTER_OTLP_TIMEOUT',
    unit: 'milliseconds',
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: documented(protocol.optional(), {
    description:
      'Both are sent as JSON, which every receiver of OTLP over HTTP takes. `grpc` is not spoken: use the HTTP port of the collector, usually 4318.',
    default: 'http/json',
  }),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: documented(protocol.optional(), {
    description: 'The same for traces only.',
    default: 'http/json',
  }),
  OTEL_EXPORTER_OTLP_COMPRESSION: documented(compression.optional(), {
    description: 'How batches are compressed.',
    default: 'none',
  }),
  OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: documented(compression.optional(), {
    description: 'The same for traces only.',
    default: 'that of OTEL_EXPORTER_OTLP_COMPRESSION',
  }),
  OTEL_SDK_DISABLED: documented(anyCaseFlag.optional(), {
    description: 'true: nothing is traced, whatever else is set.',
    default: 'false',
  }),
  OTEL_TRACES_EXPORTER: documented(z.enum(['otlp', 'none']).optional(), {
    description: '`none`: nothing is traced, whatever else is set.',
    default: 'otlp',
  }),
  OTEL_SERVICE_NAME: documented(z.string().max(255).optional(), {
    description: 'Name of this deployment in traces.',
    default: 'that in OTEL_RESOURCE_ATTRIBUTES, else tandem',
  }),
  OTEL_RESOURCE_ATTRIBUTES: documented(pairs((name) => name !== '').optional(), {
    description: 'What else is said of this process in every trace, as `name=value,…`.',
    default: 'none',
  }),
  OTEL_TRACES_SAMPLER: documented(z.enum(SAMPLERS).optional(), {
    description:
      'Which traces are kept. A run counts as a root: all processes that execute it decide alike, by its id.',
    default: 'parentbased_always_on',
  }),
  OTEL_TRACES_SAMPLER_ARG: documented(
    z
      .string()
      .regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/, 'must be from 0 to 1, like 0.25')
      .transform(Number)
      .optional(),
    { description: 'Share of the traces the samplers by ratio keep.', default: '1' },
  ),
  OTEL_BSP_SCHEDULE_DELAY: documented(milliseconds.optional(), {
    description: 'How long spans wait for others before they are sent.',
    default: '5000',
    unit: 'milliseconds',
  }),
  OTEL_BSP_EXPORT_TIMEOUT: documented(milliseconds.optional(), {
    description: 'How long a batch may be under way before it counts as lost.',
    default: '30000',
    unit: 'milliseconds',
  }),
  OTEL_BSP_MAX_QUEUE_SIZE: documented(wholeNumber(1, 1_000_000).optional(), {
    description: 'Ended spans that wait to be sent at most; what comes on top is dropped.',
    default: '2048',
    unit: 'spans',
  }),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: documented(wholeNumber(1, 100_000).optional(), {
    description: 'Spans sent at once at most; no more than OTEL_BSP_MAX_QUEUE_SIZE.',
    default: '512',
    unit: 'spans',
  }),
  OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: documented(anyCaseFlag.optional(), {
    description:
      'true: prompts, answers, parameters and results go along with traces, without secrets and personal data and cut to 8,192 characters each.',
    default: 'false',
  }),
} as const;

type OtelValues = {
  readonly [Name in keyof typeof otelVariables]?: z.output<(typeof otelVariables)[Name]>;
};

function urlOf(values: OtelValues): string | null {
  if (values.OTEL_SDK_DISABLED === true || values.OTEL_TRACES_EXPORTER === 'none') return null;
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, OTEL_EXPORTER_OTLP_ENDPOINT: shared } = values;
  if (own !== undefined) return own;
  return shared === undefined ? null : `${shared.replace(/\/$/, '')}/v1/traces`;
}

/** null: nothing is traced. */
export function toTracingSettings(values: OtelValues): TracingSettings | null {
  const url = urlOf(values);
  if (url === null) return null;
  const name = values.OTEL_SERVICE_NAME;
  const maxQueueSize = values.OTEL_BSP_MAX_QUEUE_SIZE ?? 2_048;
  return {
    url,
    headers: { ...values.OTEL_EXPORTER_OTLP_HEADERS, ...values.OTEL_EXPORTER_OTLP_TRACES_HEADERS },
    timeoutMs: values.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT ?? values.OTEL_EXPORTER_OTLP_TIMEOUT ?? 10_000,
    compression:
      values.OTEL_EXPORTER_OTLP_TRACES_COMPRESSION ?? values.OTEL_EXPORTER_OTLP_COMPRESSION ?? 'none',
    resource: {
      'service.name': 'tandem',
      ...values.OTEL_RESOURCE_ATTRIBUTES,
      ...(name === undefined ? {} : { 'service.name': name }),
    },
    sampler: {
      name: values.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on',
      ratio: values.OTEL_TRACES_SAMPLER_ARG ?? 1,
    },
    batch: {
      delayMs: values.OTEL_BSP_SCHEDULE_DELAY ?? 5_000,
      exportTimeoutMs: values.OTEL_BSP_EXPORT_TIMEOUT ?? 30_000,
      maxQueueSize,
      maxBatchSize: Math.min(values.OTEL_BSP_MAX_EXPORT_BATCH_SIZE ?? 512, maxQueueSize),
    },
    captureContent: values.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT ?? false,
  };
}
