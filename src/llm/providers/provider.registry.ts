import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { AppConfig } from '../../config/config.js';
import { type ListedModel, priceListOn } from '../domain/price-list.js';
import { Clock } from '../../common/clock.js';
import { Redactor } from '../redaction/redactor.js';
import { type LanguageModelProvider, LlmProviderMetadata } from './language-model-provider.js';
import { providerProblems, registerProvider } from './register-provider.js';
import type { RegisteredProvider } from './registered-provider.js';

/** Asked first when LLM_PROVIDER names none. */
const PREFERENCE = ['openai', 'anthropic', 'google', 'openai-compatible'];
/** What is used when nothing is configured. */
const NOTHING = 'disabled';

const rank = ({ id }: RegisteredProvider): number => {
  if (id === NOTHING) return PREFERENCE.length + 1;
  const place = PREFERENCE.indexOf(id);
  return place === -1 ? PREFERENCE.length : place;
};

/** Every provider of this deployment, found at boot; what is duplicated or unfit stops the boot with one message. */
@Injectable()
export class ProviderRegistry implements OnModuleInit, OnApplicationBootstrap {
  private readonly providers = new Map<string, RegisteredProvider>();
  private byId: readonly RegisteredProvider[] = [];
  private byPreference: readonly RegisteredProvider[] = [];
  private prices: { readonly day: string; readonly list: readonly ListedModel[] } = { day: '', list: [] };

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly redactor: Redactor,
  ) {}

  onModuleInit(): void {
    const problems: string[] = [];
    for (const wrapper of this.discovery.getProviders({ metadataKey: LlmProviderMetadata.KEY })) {
      const options = this.discovery.getMetadataByDecorator(LlmProviderMetadata, wrapper);
      if (options === undefined) continue;
      const provider = wrapper.instance as LanguageModelProvider;
      const found = providerProblems(options, provider);
      const earlier = this.providers.get(options.id);
      if (earlier !== undefined)
        found.push(`${options.id}: declared by both ${earlier.className} and ${String(wrapper.name)}`);
      if (found.length === 0)
        this.providers.set(
          options.id,
          registerProvider(options, provider, () => this.priceList()),
        );
      problems.push(...found);
    }
    this.byId = [...this.providers.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.byPreference = this.byId.toSorted((a, b) => rank(a) - rank(b));
    this.redactor.learn(this.list().flatMap((provider) => provider.secrets()));
    problems.push(...this.wantedProblems());
    if (problems.length > 0) throw new Error(`Models cannot be set up:\n- ${problems.join('\n- ')}`);
  }

  /** A provider that was wanted and is off is no reason not to start: nothing depends on models. */
  onApplicationBootstrap(): void {
    const wanted = this.config.llm.provider === null ? undefined : this.preferred;
    const availability = wanted?.availability();
    if (wanted !== undefined && availability?.available === false)
      new Logger('Models').warn(`LLM_PROVIDER is ${wanted.id}, which is off: ${availability.reason}`);
  }

  find(id: string): RegisteredProvider | undefined {
    return this.providers.get(id);
  }

  /** By id. */
  list(): readonly RegisteredProvider[] {
    return this.byId;
  }

  /** The provider that is asked when nobody names one: LLM_PROVIDER, else the first that is available. */
  get preferred(): RegisteredProvider | undefined {
    const { provider } = this.config.llm;
    if (provider !== null) return this.providers.get(provider);
    return this.byPreference.find((candidate) => candidate.availability().available);
  }

  /** Whether some model can be asked at all. */
  get isAnyAvailable(): boolean {
    return this.list().some((provider) => provider.availability().available);
  }

  /** As it is today. */
  private priceList(): readonly ListedModel[] {
    const today = this.clock.now().toISOString().slice(0, 10);
    if (this.prices.day !== today) this.prices = { day: today, list: priceListOn(this.clock.now()) };
    return this.prices.list;
  }

  private wantedProblems(): string[] {
    const { provider: id, model } = this.config.llm;
    const names = this.list().map((known) => known.id);
    if (id !== null && !this.providers.has(id))
      return [`LLM_PROVIDER is "${id}" but must be one of ${names.join(', ')}`];
    const provider = this.preferred;
    if (provider === undefined || model === null || provider.describe(model) !== null) return [];
    // Then it says itself what is missing.
    if (!provider.availability().available) return [];
    const known = provider.models().map((each) => each.model);
    const hint = known.length > 0 ? `one of ${known.join(', ')}` : 'a model with a known price';
    return [`LLM_MODEL is "${model}" but of the provider ${provider.id} it must be ${hint}`];
  }
}
