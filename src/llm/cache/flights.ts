/** What is under way in this process, by key: who asks for the same meanwhile shares the answer. */
export class Flights<T> {
  private readonly open = new Map<string, Promise<T>>();

  /** The flight of this key that is under way. */
  find(key: string): Promise<T> | undefined {
    return this.open.get(key);
  }

  /** Starts a flight; the caller has seen that there is none. */
  start(key: string, work: () => Promise<T>): Promise<T> {
    const flight = work().finally(() => this.open.delete(key));
    this.open.set(key, flight);
    return flight;
  }
}
