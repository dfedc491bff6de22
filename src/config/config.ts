import type { ExecutionMode, IntelligenceLevel } from '../common/intelligence.js';
import type { TracingSettings } from './tracing-settings.js';

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
  abstract readonly features: {
    readonly llmPlanning: boolean;
    readonly dynamicInference: boolean;
    readonly planMemory: boolean;
    readonly recoveryLearning: boolean;
  };
  abstract readonly access: {
    readonly mode: 'none' | 'api-key';
    /** What digests of API keys are made with; null: a file of the data folder. */
    readonly pepper: string | null;
    /** Requests a minute and key, in each process; 0: any number. */
    readonly requestsPerMinute: number;
    /** Origins of pages that browsers may let ask this API. */
    readonly corsOrigins: readonly string[];
  };
  /** What agents without a parent have that set nothing themselves. */
  abstract readonly newAgents: {
    readonly intelligenceLevel: IntelligenceLevel;
    readonly executionMode: ExecutionMode;
  };
  abstract readonly llm: LlmSettings;
  /** null: nothing is traced. */
  abstract readonly tracing: TracingSettings | null;
}

/** Whom to ask, with which keys, and what it may cost. Money in nano-dollars. */
export interface LlmSettings {
  /** null: the first provider that is configured. */
  readonly provider: string | null;
  /** null: the cheapest priced model of the provider. */
  readonly model: string | null;
  readonly openai: ProviderSettings;
  readonly anthropic: ProviderSettings;
  readonly google: ProviderSettings;
  readonly openaiCompatible: ProviderSettings & {
    /** Pico-dollars per token; null: not known, so its models are not asked. */
    readonly price: { readonly inputTokens: number; readonly outputTokens: number } | null;
  };
  /** File of the provider `scripted`; absolute. */
  readonly script: string | null;
  readonly timeoutSeconds: number;
  readonly cacheTtlSeconds: number;
  readonly totalLimitNanoUsd: bigint;
  readonly workflowLimitNanoUsd: bigint;
  readonly captureContent: 'none' | 'redacted' | 'full';
}

export interface ProviderSettings {
  readonly apiKey: string | null;
  /** null: the vendor's own. */
  readonly baseUrl: string | null;
}
