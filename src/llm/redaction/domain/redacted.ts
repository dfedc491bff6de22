/** Stands where something was taken out. */
export const REDACTED = '[redacted]';

/** Takes out of a text what it knows; the same text when there is nothing. */
export type TextRule = (text: string) => string;
