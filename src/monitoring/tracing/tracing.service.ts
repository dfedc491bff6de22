import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { newId } from '../../common/ids.js';
import { Tracing } from '../../common/tracing/tracing.js';
import { AppConfig } from '../../config/config.js';
import type { TracingSettings } from '../../config/tracing-settings.js';
import { Redactor } from '../../llm/redaction/redactor.js';
import { redactedContent } from './redacted-content.js';
import type { OpenTraces } from './sdk/open-traces.js';
import { traceRequests } from './trace-requests.js';

/** How long a stop waits for the collector. */
const LAST_BATCH_MS = 3_000;

/** Traces this application where the configuration says where to. Else nothing of the SDK is loaded. */
@Injectable()
export class TracingService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Traces');
  private open: OpenTraces | null = null;

  constructor(
    private readonly config: AppConfig,
    private readonly tracing: Tracing,
    private readonly redactor: Redactor,
    private readonly adapterHost: HttpAdapterHost<FastifyAdapter>,
  ) {}

  async onModuleInit(): Promise<void> {
    const { tracing: settings } = this.config;
    if (settings === null) return;
    const { openTraces } = await import('./sdk/open-traces.js');
    this.open = openTraces(settings, {
      instanceId: newId(),
      content: this.contentBy(settings),
      report: (message) => this.logger.warn(message),
    });
    this.tracing.use(this.open);
    traceRequests(this.adapterHost.httpAdapter.getInstance(), () => this.tracing.source);
  }

  /** What is left is sent; a collector that does not answer delays the stop by seconds at most. */
  async onApplicationShutdown(): Promise<void> {
    const { open } = this;
    if (open === null) return;
    this.open = null;
    this.tracing.use(null);
    const patience = new AbortController();
    const given = sleep(LAST_BATCH_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([open.close().catch(() => undefined), given]);
    patience.abort();
  }

  private contentBy({ captureContent }: TracingSettings): (value: unknown) => string | null {
    return captureContent ? (value) => redactedContent(value, this.redactor) : () => null;
  }
}
