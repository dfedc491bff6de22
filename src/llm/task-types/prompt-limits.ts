/** Bytes of the request of a task as it is sent. */
export const MAX_PROMPT_BYTES = 65_536;
