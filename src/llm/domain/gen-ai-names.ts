/**
 * What OpenTelemetry's conventions for generative AI (semantic-conventions-genai, read 2026-11-24) call our providers;
 * of the others the names are our own. Names in the conventions that have no provider here are left out.
 */
const PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'gcp.gemini',
};

export const genAiProvider = (provider: string): string => PROVIDERS[provider] ?? provider;

/** Google's API has a name of its own for the operation. */
export const genAiOperation = (provider: string): string =>
  provider === 'google' ? 'generate_content' : 'chat';
