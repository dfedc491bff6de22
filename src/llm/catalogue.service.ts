import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { ModelGuards } from './calls/model-guards.js';
import type { ModelListView, ProviderListView } from './llm.schemas.js';
import { toModelView } from './llm-views.js';
import type { ModelDescription } from './domain/model-price.js';
import { ProviderRegistry } from './providers/provider.registry.js';
import type { RegisteredProvider } from './providers/registered-provider.js';

/** Providers and models as they are shown. */
@Injectable()
export class Catalogue {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly guards: ModelGuards,
    private readonly config: AppConfig,
  ) {}

  providers(): ProviderListView {
    const preferred = this.registry.preferred?.id;
    const items = this.registry.list().map((provider) => {
      const availability = provider.availability();
      const isPreferred = provider.id === preferred;
      return {
        provider: provider.id,
        description: provider.description,
        available: availability.available,
        reason: availability.available ? null : availability.reason,
        preferred: isPreferred,
        defaultModel: this.defaultOf(provider)?.model ?? null,
        models: this.guards.states(provider.id),
      };
    });
    return { items, nextCursor: null };
  }

  /** The model that is asked when only this provider is known. */
  private defaultOf(provider: RegisteredProvider): ModelDescription | null {
    const { model } = this.config.llm;
    const isPreferred = provider.id === this.registry.preferred?.id;
    return isPreferred && model !== null ? provider.describe(model) : provider.defaultModel();
  }

  models(): ModelListView {
    const items = this.registry.list().flatMap((provider) => {
      const { available } = provider.availability();
      const listed = provider.models();
      const byDefault = this.defaultOf(provider);
      const isListed = listed.some(({ model }) => model === byDefault?.model);
      return [...listed, ...(byDefault === null || isListed ? [] : [byDefault])].map((model) =>
        toModelView(model, available),
      );
    });
    return { items, nextCursor: null };
  }
}
