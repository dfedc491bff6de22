import { Injectable } from '@nestjs/common';
import { Catalogue } from '../llm/catalogue.service.js';
import { FunctionRegistry } from '../llm/functions/function.registry.js';
import { ProviderRegistry } from '../llm/providers/provider.registry.js';
import { MODEL_TASK_TYPES } from '../llm/task-types/model-task-types.js';

/** Instead of every name that nobody registered. */
export const OTHER = 'other';

/**
 * Names that may be labels: a series is kept for each as long as the process lives, so there is one only for what the
 * deployment declares. An agent can name any model of a server whose models are not listed; those are `other`.
 */
@Injectable()
export class ModelLabels {
  private models: ReadonlySet<string> = new Set();

  constructor(
    private readonly functions: FunctionRegistry,
    private readonly providers: ProviderRegistry,
    private readonly catalogue: Catalogue,
  ) {}

  function(name: string): string {
    if ((MODEL_TASK_TYPES as readonly string[]).includes(name)) return name;
    return this.functions.list().some((fn) => fn.name === name) ? name : OTHER;
  }

  model(provider: string, model: string): { readonly provider: string; readonly model: string } {
    if (this.providers.find(provider) === undefined) return { provider: OTHER, model: OTHER };
    return { provider, model: this.isListed(`${provider}:${model}`) ? model : OTHER };
  }

  /** What is listed may grow with a day of the price list, so a name that is not known is looked up again. */
  private isListed(name: string): boolean {
    if (this.models.has(name)) return true;
    const { items } = this.catalogue.models();
    this.models = new Set(items.map(({ provider, model }) => `${provider}:${model}`));
    return this.models.has(name);
  }
}
