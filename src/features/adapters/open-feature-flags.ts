import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  ErrorCode,
  type EvaluationDetails,
  NOOP_PROVIDER,
  OpenFeature,
  type Provider,
  ProviderEvents,
} from '@openfeature/server-sdk';
import { Ports } from '../../common/ports.js';
import type { FeatureSubject } from '../domain/feature-switch.js';
import { FLAG_PROVIDER } from '../flag-provider.port.js';
import { type FlagAnswer, Flags } from '../flags.port.js';
import { PostgresFlagProvider } from './postgres-flag.provider.js';

/** Switches by OpenFeature: of the database, or of the provider an extension brings. */
@Injectable()
export class OpenFeatureFlags extends Flags implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Features');
  /** OpenFeature has one registry a process; each application is a domain of its own. */
  private readonly domain = `tandem-${randomUUID()}`;
  private readonly client = OpenFeature.getClient(this.domain);
  private readonly unknown = new Set<string>();
  private started: Promise<void> | null = null;

  constructor(
    private readonly own: PostgresFlagProvider,
    private readonly ports: Ports,
  ) {
    super();
  }

  onApplicationBootstrap(): Promise<void> {
    return this.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await OpenFeature.setProviderAndWait(this.domain, NOOP_PROVIDER);
  }

  /** Whose switches these are; null: those of `PUT /features/:feature`. */
  get managedBy(): string | null {
    const { openFeatureProvider } = this.ports.get(FLAG_PROVIDER);
    return openFeatureProvider === null ? null : openFeatureProvider.metadata.name;
  }

  override async ask(feature: string, subject: FeatureSubject): Promise<FlagAnswer> {
    await this.start();
    const targetingKey = subject.workflowId ?? subject.agentId;
    const context = { ...subject, ...(targetingKey !== undefined && { targetingKey }) };
    // Nothing is on because it could not be asked for.
    const details = await this.client.getBooleanDetails(feature, false, context);
    return this.answerOf(feature, details);
  }

  override onChange(listener: () => void): () => void {
    const events = [ProviderEvents.ConfigurationChanged, ProviderEvents.Error, ProviderEvents.Ready];
    for (const event of events) this.client.addHandler(event, listener);
    return () => {
      for (const event of events) this.client.removeHandler(event, listener);
    };
  }

  private start(): Promise<void> {
    this.started ??= this.bind(this.ports.get(FLAG_PROVIDER).openFeatureProvider ?? this.own);
    return this.started;
  }

  private async bind(provider: Provider): Promise<void> {
    try {
      await OpenFeature.setProviderAndWait(this.domain, provider);
    } catch (error) {
      // Ours has to be there. That of somebody else may come later: until then its switches count as off.
      if (provider === this.own) throw error;
      this.logger.warn(
        `The switches of ${provider.metadata.name} cannot be read: ${(error as Error).message}`,
      );
    }
  }

  private answerOf(
    feature: string,
    { value, reason, errorCode, errorMessage }: EvaluationDetails<boolean>,
  ): FlagAnswer {
    if (errorCode === ErrorCode.FLAG_NOT_FOUND) return { enabled: true, reason: 'on' };
    if (errorCode !== undefined) {
      if (!this.unknown.has(feature))
        this.logger.warn(
          `The switch ${feature} counts as off, it cannot be read: ${errorMessage ?? errorCode}`,
        );
      this.unknown.add(feature);
      return { enabled: false, reason: 'switch_unknown' };
    }
    this.unknown.delete(feature);
    if (value) return { enabled: true, reason: 'on' };
    const isLeftOut = reason === 'SPLIT' || reason === 'TARGETING_MATCH';
    return { enabled: false, reason: isLeftOut ? 'rollout_excluded' : 'off_by_switch' };
  }
}
