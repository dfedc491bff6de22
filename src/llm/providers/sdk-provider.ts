import type { ProviderSettings } from '../../config/config.js';
import type {
  LanguageModel,
  LanguageModelProvider,
  ProviderAvailability,
} from './language-model-provider.js';

/** What providers have in common that are reached through an SDK: a key, and one client, loaded when it is first used. */
export abstract class SdkProvider<Client> implements LanguageModelProvider {
  private client: Promise<Client> | undefined;

  /** `missing`: what to set while the provider is off; null: it is on. */
  protected constructor(
    protected readonly settings: ProviderSettings,
    private readonly missing: string | null,
  ) {}

  availability(): ProviderAvailability {
    return this.missing === null ? { available: true } : { available: false, reason: this.missing };
  }

  secrets(): readonly string[] {
    return this.settings.apiKey === null ? [] : [this.settings.apiKey];
  }

  abstract languageModel(model: string): LanguageModel;

  /** With `exchangeFetch` as its `fetch`. */
  protected abstract load(): Promise<Client>;

  protected sdk(): Promise<Client> {
    return (this.client ??= this.load());
  }
}

/** What to set where there is no key. */
export const missingKey = ({ apiKey }: ProviderSettings, variable: string, api: string): string | null =>
  apiKey === null ? `${variable} is not set. Set it to a key of ${api}.` : null;
