/** What an example needs of a Tandem that is started for it. */
interface Needs {
  /** `host:port` it serves on loopback; null: nothing. */
  readonly host: string | null;
  /** Path of the answers of the provider `scripted`. */
  readonly script: string;
}

/** Adds to the environment of this process that the host may be reached, and a script where one is wanted. */
export function exampleEnvironment({ host, script }: Needs): Record<string, string> {
  const { HTTP_ALLOWED_HOSTS, LLM_PROVIDER, LLM_SCRIPT } = process.env;
  const hosts = [...(HTTP_ALLOWED_HOSTS ? [HTTP_ALLOWED_HOSTS] : []), host].join(',');
  return {
    ...(host === null ? {} : { HTTP_ALLOWED_HOSTS: hosts }),
    ...(LLM_PROVIDER === 'scripted' && !LLM_SCRIPT ? { LLM_SCRIPT: script } : {}),
  };
}
