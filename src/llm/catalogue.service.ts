import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { ModelGuards } from './calls/model-guards.js';
import type { ModelListView, ProviderListView } from './llm.schemas.js';
import { toModelView } from './llm-views.js';
import { ProviderRegistry } from './providers/provider.registry.js';

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
        defaultModel: (isPreferred ? this.config.llm.model : null) ?? provider.defaultModel()?.model ?? null,
        models: this.guards.states(provider.id),
      };
    });
    return { items, nextCursor: null };
  }

  models(): ModelListView {
    const items = this.registry.list().flatMap((provider) => {
      const { available } = provider.availability();
      return provider.models().map((model) => toModelView(model, available));
    });
    return { items, nextCursor: null };
  }
}
