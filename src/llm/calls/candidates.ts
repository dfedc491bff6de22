import type { LlmConfig } from '../../agents/domain/agent.js';
import type { ModelDescription } from '../domain/model-price.js';
import type { LanguageModel } from '../providers/language-model-provider.js';
import type { RegisteredProvider } from '../providers/registered-provider.js';

/** A model that may be asked, with what it costs. */
export interface Candidate {
  readonly description: ModelDescription;
  readonly model: LanguageModel;
}

/** Why a model that was wanted cannot be asked. */
export interface Unusable {
  readonly reason: 'provider_unavailable' | 'unknown_model' | 'unpriced_model';
  /** For people, with what to do. */
  readonly detail: string;
}

/** What candidates are chosen from. */
export interface Models {
  find(id: string): RegisteredProvider | undefined;
  list(): readonly RegisteredProvider[];
  readonly preferred: RegisteredProvider | undefined;
}

/** `provider:model`; a provider alone means its default model. */
export interface WantedModel {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
}

/** `openai:gpt-5-mini` → provider and model; without a colon it is a model of the preferred provider. */
export function parseModelName(name: string): WantedModel {
  const colon = name.indexOf(':');
  return colon === -1 ? { model: name } : { provider: name.slice(0, colon), model: name.slice(colon + 1) };
}

/** Finds one model; `fallbackModel` is LLM_MODEL, for a provider that is wanted without a model. */
export function findCandidate(
  models: Models,
  { provider: providerId, model: modelId }: WantedModel,
  fallbackModel: string | null,
): Candidate | Unusable {
  const provider = providerId === undefined ? models.preferred : models.find(providerId);
  if (provider === undefined) {
    const detail =
      providerId === undefined
        ? 'No provider of models is configured: see GET /api/v1/llm/providers.'
        : `There is no provider of models ${JSON.stringify(providerId)}. There are: ${models
            .list()
            .map(({ id }) => id)
            .join(', ')}.`;
    return { reason: providerId === undefined ? 'provider_unavailable' : 'unknown_model', detail };
  }
  const availability = provider.availability();
  if (!availability.available)
    return {
      reason: 'provider_unavailable',
      detail: `The provider ${provider.id} is off: ${availability.reason}`,
    };
  const isPreferred = models.preferred?.id === provider.id;
  const name =
    modelId ??
    (isPreferred ? fallbackModel : null) ??
    provider.defaultModel()?.model ??
    provider.wantedDefault;
  if (name === undefined)
    return {
      reason: 'unknown_model',
      detail: `The provider ${provider.id} has no default model: name one, or set LLM_MODEL.`,
    };
  const description = provider.describe(name);
  if (description === null)
    return {
      reason: 'unpriced_model',
      detail: `The price of ${JSON.stringify(name)} of the provider ${provider.id} is not known, so it is not asked. Priced are: ${
        provider
          .models()
          .map(({ model }) => model)
          .join(', ') || 'none'
      }.`,
    };
  try {
    return { description, model: provider.languageModel(name) };
  } catch {
    // Its message may hold whatever the provider was made of.
    const detail = `The provider ${provider.id} does not take the model ${JSON.stringify(name)}.`;
    return { reason: 'unknown_model', detail };
  }
}

/** The models to ask in turn: what is wanted for this call, else the agent's with its fallbacks, else the default. */
export function chooseCandidates(
  models: Models,
  wanted: WantedModel | undefined,
  agent: LlmConfig | null,
  fallbackModel: string | null,
): { readonly candidates: readonly Candidate[]; readonly unusable: readonly Unusable[] } {
  const first: WantedModel = wanted ?? { provider: agent?.provider, model: agent?.model };
  const fallbacks = wanted === undefined ? (agent?.fallbacks ?? []).map(parseModelName) : [];
  const found = [first, ...fallbacks].map((each) => findCandidate(models, each, fallbackModel));
  return {
    candidates: found.filter((each): each is Candidate => 'model' in each),
    unusable: found.filter((each): each is Unusable => 'reason' in each),
  };
}
