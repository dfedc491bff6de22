import type { AppConfig } from '../../config/config.js';

/** The password in a URL, as it is written there and as it is. */
function passwordOf(url: string | null): readonly string[] {
  if (url === null || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** Secrets this process was configured with; none of them may reach a model, a log or a table. */
export function knownSecrets(
  { llm, access }: Pick<AppConfig, 'llm' | 'access'>,
  databaseUrl: string,
): readonly string[] {
  const providers = [llm.openai, llm.anthropic, llm.google, llm.openaiCompatible];
  const found = [
    ...providers.flatMap(({ apiKey, baseUrl }) => [apiKey ?? '', ...passwordOf(baseUrl)]),
    ...passwordOf(databaseUrl),
    access.pepper ?? '',
  ];
  return [...new Set(found)].filter((secret) => secret !== '');
}
