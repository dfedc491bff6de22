import { createServer } from 'node:http';

/** Where the items are in the sentences that are proposed; any other port does as well. */
export const ITEMS_URL = 'http://127.0.0.1:3210/items.json';

/** The host and port of the items a sentence names, so that they can be served there; null: it names none. */
export const itemsHostIn = (sentence: string): string | null =>
  /http:\/\/(127\.0\.0\.1:\d{1,5})\/items\.json/.exec(sentence)?.[1] ?? null;

const ITEMS = [
  { sku: 'desk', price: 180, stock: 4 },
  { sku: 'lamp', price: 45.5, stock: 31 },
  { sku: 'chair', price: 99, stock: 12 },
];

/** Serves the items there until `stop()`. Fails with a sentence when the port is taken. */
export async function serveItems(host: string): Promise<{ stop(): Promise<void> }> {
  const { hostname, port } = new URL(`http://${host}`);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: ITEMS }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`The items cannot be served: ${error.message}.`)));
    server.listen(Number(port), hostname, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
