import { pgClients } from './pg-clients.js';

export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A moment of a statement: not yet sent, or answered and its caller does not know yet. */
export type Moment = 'before' | 'after';

/**
 * Called around every COMMIT with what the transaction held, and around every statement outside of a transaction.
 * Answering true cuts the connection at this moment.
 */
export type Watcher = (moment: Moment, statements: readonly SentStatement[]) => boolean;

interface WatchedClient {
  /** Statements of the open transaction. */
  inTransaction?: SentStatement[] | null;
  readonly connection: { readonly stream: { destroy(): void } };
}

type Callback = (error: Error | null, result?: unknown) => void;
type Query = (this: WatchedClient, ...given: unknown[]) => unknown;

function statementOf([first, second]: readonly unknown[]): SentStatement {
  const config = (typeof first === 'string' ? { text: first } : first) as Partial<SentStatement>;
  const values = config.values ?? (Array.isArray(second) ? (second as unknown[]) : []);
  return { text: config.text ?? '', values };
}

const cutOff = (): Error => new Error('Connection terminated unexpectedly');

/** What is committed by this statement; null when nothing is. */
function committedBy(client: WatchedClient, statement: SentStatement): readonly SentStatement[] | null {
  if (/^\s*(begin|start transaction)/i.test(statement.text)) client.inTransaction = [];
  else if (/^\s*rollback\s*;?\s*$/i.test(statement.text)) client.inTransaction = null;
  else if (/^\s*commit/i.test(statement.text)) {
    const committed = client.inTransaction ?? [];
    client.inTransaction = null;
    return committed;
  } else if (client.inTransaction) client.inTransaction.push(statement);
  else return [statement];
  return null;
}

/** Watches every statement of this process from now on, in whatever pool; answers how to stop. */
export function watchStatements(watcher: Watcher): () => void {
  const undo = pgClients().map(({ prototype }) =>
    watchClient(prototype as unknown as { query: Query }, watcher),
  );
  return () => undo.forEach((restore) => restore());
}

function watchClient(prototype: { query: Query }, watcher: Watcher): () => void {
  const original = prototype.query;
  prototype.query = function (...given) {
    const committed = committedBy(this, statementOf(given));
    if (committed === null) return original.apply(this, given);
    const cut = (): Error => {
      this.connection.stream.destroy();
      return cutOff();
    };
    const index = given.findIndex((one) => typeof one === 'function');
    const config = given[0] as { callback?: Callback };
    const callback = (index < 0 ? config.callback : given[index]) as Callback | undefined;
    if (watcher('before', committed)) {
      const error = cut();
      if (callback === undefined) return Promise.reject(error);
      setImmediate(callback, error);
      return undefined;
    }
    const isCut = (error: unknown): boolean => error === null && watcher('after', committed);
    if (callback === undefined) {
      return (original.apply(this, given) as Promise<unknown>).then((result) => {
        if (isCut(null)) throw cut();
        return result;
      });
    }
    const wrapped: Callback = (error, result) =>
      isCut(error ?? null) ? callback(cut()) : callback(error, result);
    if (index >= 0) given[index] = wrapped;
    else config.callback = wrapped;
    return original.apply(this, given);
  };
  return () => void (prototype.query = original);
}
