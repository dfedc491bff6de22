/** Task types that ask a model: what their interactions are called, beside those of functions. */
export const MODEL_TASK_TYPES = ['llm.generate', 'llm.extract'] as const;
export type ModelTaskType = (typeof MODEL_TASK_TYPES)[number];
