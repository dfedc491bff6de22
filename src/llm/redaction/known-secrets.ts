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

/** What a collector knows us by: `Bearer <token>` as a whole, and the token alone. */
const headersOf = (tracing: AppConfig['tracing']): readonly string[] =>
  Object.values(tracing?.headers ?? {}).flatMap((value) => [value, value.split(' ').at(-1) ?? '']);

/** Secrets this process was configured with; none of them may reach a model, a log or a table. */
export function knownSecrets(
  { llm, access, tracing }: Pick<AppConfig, 'llm' | 'access' | 'tracing'>,
  databaseUrl: string,
): readonly string[] {
  const providers = [llm.openai, llm.anthropic, llm.google, llm.openaiCompatible];
  const found = [
    ...providers.flatMap(({ apiKey, baseUrl }) => [apiKey ?? '', ...passwordOf(baseUrl)]),
    ...passwordOf(databaseUrl),
    access.pepper ?? '',
    ...headersOf(tracing),
  ];
  return [...new Set(found)].filter((secret) => secret !== '');
}
