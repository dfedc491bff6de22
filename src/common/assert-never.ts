/** Closes a switch over a union: a new member becomes a compile error here, a foreign value an error at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
