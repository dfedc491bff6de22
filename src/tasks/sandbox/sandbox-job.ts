/**
 * What a job answers: refusals are values, because classes of errors do not survive the way between processes.
 * `code` becomes the code of a TaskError of class `invalid_input`.
 */
export type JobAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * A module that the sandbox loads in its own process. It exports `run(input)` and imports packages only: where
 * Node runs the TypeScript sources themselves, a relative `.js` specifier leads nowhere.
 */
export interface SandboxJob<I, T> {
  readonly url: string;
  /** Never set; carries the types of the module's `run`. */
  readonly types?: (input: I) => T;
}

/** The job module beside the caller; its extension is the caller's own, so it is found in `src` and in `dist`. */
export function sandboxJob<I, T>(callerUrl: string, name: string): SandboxJob<I, T> {
  return { url: siblingModule(callerUrl, name).href };
}

export function siblingModule(callerUrl: string, name: string): URL {
  return new URL(`./${name}${callerUrl.endsWith('.ts') ? '.ts' : '.js'}`, callerUrl);
}
