/**
 * The configuration of this process: parsed once at start from the environment, frozen, injected by class.
 * What each variable means, its unit and default: docs/configuration.md.
 */
export abstract class AppConfig {
  abstract readonly http: { readonly host: string; readonly port: number };
  abstract readonly database: {
    /** null: the embedded PostgreSQL in `dataDirectory`. */
    readonly url: string | null;
    readonly poolSize: number;
  };
  /** Absolute. Holds the embedded database and `files/`. */
  abstract readonly dataDirectory: string;
  /** Absolute. What `file.read` may read besides `<dataDirectory>/files`. */
  abstract readonly workspace: string;
  abstract readonly role: 'all' | 'api' | 'worker';
  abstract readonly sample: boolean;
  abstract readonly log: { readonly level: string; readonly pretty: boolean };
  /** Private targets that `http.request` and webhooks may reach, `host` or `host:port`. */
  abstract readonly httpAllowedHosts: readonly string[];
  abstract readonly engine: {
    /** Runs this process executes at a time. */
    readonly runSlots: number;
    /** Attempts this process executes at a time. */
    readonly taskSlots: number;
  };
  /** Days a run is kept after its end; 0: for ever. */
  abstract readonly retentionDays: number;
  /** The ceiling of every feature; a run-time switch only narrows it. */
  abstract readonly features: { readonly llmPlanning: boolean; readonly dynamicInference: boolean };
}
