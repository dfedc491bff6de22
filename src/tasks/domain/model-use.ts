/** The most one attempt of a task asks of a language model. */
export interface ModelUse {
  /** `provider:model`; undefined: that of the agent or the deployment. */
  readonly model: string | undefined;
  /** Of the request as it is sent, UTF-8. */
  readonly maxInputBytes: number;
  readonly maxOutputTokens: number;
  /** Whether the answer is to be JSON of a schema. */
  readonly hasOutputSchema: boolean;
}
