/** When a model may be asked while a run is going on, least first. */
export const INTELLIGENCE_LEVELS = ['basic', 'adaptive', 'intelligent', 'autonomous'] as const;
export type IntelligenceLevel = (typeof INTELLIGENCE_LEVELS)[number];

/** What a model or a learned rule may change in a run, least first. */
export const EXECUTION_MODES = ['strict', 'adaptive', 'creative'] as const;
export type ExecutionMode = (typeof EXECUTION_MODES)[number];
