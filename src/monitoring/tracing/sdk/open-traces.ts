import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, SamplingDecision, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TraceSource } from '../../../common/tracing/trace-source.js';
import { TRACER } from '../../../common/tracing/in-span.js';
import type { TracingSettings } from '../../../config/tracing-settings.js';
import { ChosenIds } from './chosen-ids.js';
import { joinContexts } from './join-contexts.js';
import { ReportingExporter } from './reporting-exporter.js';
import { samplerOf } from './sampler-of.js';

export interface OpenTraces extends TraceSource {
  /** Sends what is left; nothing is traced any more. May take as long as the collector. */
  close(): Promise<void>;
}

export interface TracesOptions {
  /** Of this process, in traces. */
  readonly instanceId: string;
  content(value: unknown): string | null;
  report(message: string): void;
}

/** Nothing here is left to the SDK that it would read from the environment itself. */
function exporterOf({ url, headers, timeoutMs, compression }: TracingSettings): OTLPTraceExporter {
  const options = { url, headers: { ...headers }, timeoutMillis: timeoutMs, keepAlive: true };
  // The SDK declares an enum it does not export from here; its values are these words.
  return new OTLPTraceExporter({ ...options, compression: compression as never });
}

function processorOf(settings: TracingSettings, { report }: TracesOptions): BatchSpanProcessor {
  const { delayMs, exportTimeoutMs, maxQueueSize, maxBatchSize } = settings.batch;
  return new BatchSpanProcessor({
    exporter: new ReportingExporter(exporterOf(settings), report),
    scheduledDelayMillis: delayMs,
    exportTimeoutMillis: exportTimeoutMs,
    maxQueueSize,
    maxExportBatchSize: maxBatchSize,
  });
}

/** The SDK, which is loaded with this file, set up for one application. */
export function openTraces(settings: TracingSettings, options: TracesOptions): OpenTraces {
  const sampler = samplerOf(settings.sampler);
  const ids = new ChosenIds();
  const resource = { ...settings.resource, 'service.instance.id': options.instanceId };
  const provider = new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes(resource)),
    sampler,
    idGenerator: ids,
    spanProcessors: [processorOf(settings, options)],
  });
  joinContexts();
  return {
    tracer: (name) => provider.getTracer(name),
    isSampled: (traceId) =>
      sampler.shouldSample(ROOT_CONTEXT, traceId, 'invoke_workflow', SpanKind.INTERNAL, {}, []).decision ===
      SamplingDecision.RECORD_AND_SAMPLED,
    startRoot: (chosen, name, more) =>
      ids.choose(chosen, () => provider.getTracer(TRACER).startSpan(name, { ...more, root: true })),
    content: (value) => options.content(value),
    close: () => provider.shutdown(),
  };
}
