import type { ProviderSettings } from '../../config/config.js';
import type { ProviderAvailability } from './language-model-provider.js';

/** A provider is on when it has a key; `variable` is where it is set, `api` what it is for. */
export function withApiKey(
  { apiKey }: ProviderSettings,
  variable: string,
  api: string,
): ProviderAvailability {
  if (apiKey !== null) return { available: true };
  return { available: false, reason: `${variable} is not set. Set it to a key of ${api}.` };
}

export const keyAsSecret = ({ apiKey }: Pick<ProviderSettings, 'apiKey'>): readonly string[] =>
  apiKey === null ? [] : [apiKey];
