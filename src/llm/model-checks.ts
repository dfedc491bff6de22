import { Injectable } from '@nestjs/common';
import { MODEL_CATALOGUE, type ModelCatalogue } from '../agents/model-catalogue.port.js';
import type { LlmConfig } from '../agents/domain/agent.js';
import type { Issue } from '../common/issue.js';
import { Contributes } from '../common/ports.js';
import { AppConfig } from '../config/config.js';
import { findCandidate, parseModelName, type WantedModel } from './calls/candidates.js';
import { ProviderRegistry } from './providers/provider.registry.js';

/** Checks the models that agents want against those that exist. */
@Injectable()
@Contributes(MODEL_CATALOGUE)
export class ModelChecks implements ModelCatalogue {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly config: AppConfig,
  ) {}

  check({ provider, model, fallbacks = [] }: LlmConfig): readonly Issue[] {
    const first: Issue[] =
      provider === undefined && model === undefined
        ? []
        : this.issuesOf({ provider, model }, provider === undefined ? '/model' : '/provider', '/model');
    const others = fallbacks.flatMap((name, index) => {
      const pointer = `/fallbacks/${index}`;
      return this.issuesOf(parseModelName(name), pointer, pointer);
    });
    return [...first, ...others];
  }

  private issuesOf(wanted: WantedModel, ofProvider: string, ofModel: string): Issue[] {
    const found = findCandidate(this.registry, wanted, this.config.llm.model);
    if ('model' in found || found.reason === 'provider_unavailable') return [];
    const provider =
      wanted.provider === undefined ? this.registry.preferred : this.registry.find(wanted.provider);
    return provider === undefined
      ? [
          {
            ...{ code: 'unknown_provider', pointer: ofProvider, message: found.detail },
            allowed: this.registry.list().map(({ id }) => id),
          },
        ]
      : [
          {
            ...{ code: found.reason, pointer: ofModel, message: found.detail },
            allowed: provider.models().map(({ model }) => model),
          },
        ];
  }
}
