export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** Where traces go, and which. */
export interface TracingSettings {
  /** Where they are posted to, path included. */
  readonly url: string;
  /** Secret. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly compression: 'gzip' | 'none';
  /** `service.name` among them. */
  readonly resource: Readonly<Record<string, string>>;
  /** `ratio` counts for the samplers by ratio. */
  readonly sampler: { readonly name: SamplerName; readonly ratio: number };
  readonly batch: {
    readonly delayMs: number;
    readonly exportTimeoutMs: number;
    /** Spans that wait; more are dropped. */
    readonly maxQueueSize: number;
    readonly maxBatchSize: number;
  };
  /** Whether prompts, answers, parameters and results go along. */
  readonly captureContent: boolean;
}
