import { describe, expect, it } from '@jest/globals';
import { type Environment, parseConfig } from './parse-config.js';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };
const parse = (environment: Environment) =>
  parseConfig(environment, { workingFolder: '/', isTerminal: false });
const tracing = (environment: Environment) => parse(environment).config?.tracing;
const issues = (environment: Environment) =>
  parse(environment).issues?.map(({ variable, message }) => `${variable} ${message}`);

describe('tracing', () => {
  it.each<[string, Environment]>([
    ['nothing says where to', {}],
    ['only something else is said', { OTEL_SERVICE_NAME: 'a', OTEL_EXPORTER_OTLP_HEADERS: 'a=b' }],
    ['the SDK is disabled', { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }],
    ['the exporter is none', { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
    ['the endpoint is empty', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
  ])('is off where %s', (_, environment) => {
    expect(tracing(environment)).toBeNull();
  });

  it('has the defaults of the specification', () => {
    expect(tracing(ENDPOINT)).toEqual({
      url: 'http://localhost:4318/v1/traces',
      headers: {},
      timeoutMs: 10_000,
      compression: 'none',
      resource: { 'service.name': 'tandem' },
      sampler: { name: 'parentbased_always_on', ratio: 1 },
      batch: { delayMs: 5_000, exportTimeoutMs: 30_000, maxQueueSize: 2_048, maxBatchSize: 512 },
      captureContent: false,
    });
  });

  it('goes to the address of traces as it is, before that of all signals', () => {
    const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://otel.example/in' };
    expect(tracing({ ...ENDPOINT, ...own })?.url).toBe('https://otel.example/in');
    expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a/otlp/' })?.url).toBe('http://a/otlp/v1/traces');
  });

  it('takes its name from the resource where it has none of its own', () => {
    expect(tracing({ ...ENDPOINT, OTEL_RESOURCE_ATTRIBUTES: 'service.name=r, a = b=c ,' })?.resource).toEqual(
      {
        'service.name': 'r',
        a: 'b=c',
      },
    );
  });

  it('says what is wrong, and never shows a header or an address', () => {
    expect(
      issues({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:hunter2@host',
        OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=%0d%0aevil: hunter2',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_RESOURCE_ATTRIBUTES: 'a=%',
        OTEL_TRACES_SAMPLER: 'jaeger_remote',
        OTEL_TRACES_SAMPLER_ARG: '1.5',
      }),
    ).toEqual([
      'OTEL_EXPORTER_OTLP_ENDPOINT must be a http or https address without credentials, query and fragment, like http://localhost:4318',
      'OTEL_EXPORTER_OTLP_HEADERS must be a list like name=value,other=value',
      'OTEL_EXPORTER_OTLP_TRACES_HEADERS must be a list like name=value,other=value',
      'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc" but must be one of http/json, http/protobuf',
      'OTEL_RESOURCE_ATTRIBUTES is "a=%" but must be a list like name=value,other=value',
      'OTEL_TRACES_SAMPLER is "jaeger_remote" but must be one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio',
      'OTEL_TRACES_SAMPLER_ARG is "1.5" but must be from 0 to 1, like 0.25',
    ]);
  });
});
