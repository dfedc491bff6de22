import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

type Export = Parameters<SpanExporter['export']>;

/** `ExportResultCode.SUCCESS`, whose module is none of our dependencies. */
const SUCCESS = 0;
const REPORT_EVERY_MS = 600_000;

/** Says once that spans do not arrive, and again after ten minutes at the earliest: a batch fails every few seconds. */
export class ReportingExporter implements SpanExporter {
  private reportedAt = -Infinity;
  private lost = 0;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly report: (message: string) => void,
  ) {}

  export(spans: ReadableSpan[], done: Export[1]): void {
    this.exporter.export(spans, (result) => {
      if (result.code !== SUCCESS) this.lose(spans.length, result.error);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  private lose(spans: number, error: Error | undefined): void {
    this.lost += spans;
    if (performance.now() - this.reportedAt < REPORT_EVERY_MS) return;
    this.reportedAt = performance.now();
    const { code, message } = (error ?? {}) as { code?: unknown; message?: string };
    const why = [code, message].filter((part) => part !== undefined && part !== '').join(' ');
    this.report(`Traces do not arrive: ${why || 'no reason given'}. Spans lost so far: ${this.lost}.`);
  }
}
