import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { EventStream, type EventSource } from './event-stream.js';

/** A run in which nothing happens, and the waits for it. */
function quietRun(read: EventSource['read'] = () => Promise.resolve([])) {
  const waits: { isOpen: boolean }[] = [];
  const source: EventSource = {
    read,
    isDraining: () => false,
    nextChange: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wait = { isOpen: true };
      waits.push(wait);
      return {
        promise,
        cancel: () => {
          wait.isOpen = false;
          resolve();
        },
      };
    },
  };
  return { waits, source };
}

const response = () => new ServerResponse(new IncomingMessage(new Socket()));

describe('a stream of events', () => {
  it('waits no longer when its reader has left', async () => {
    const reader = response();
    const { waits, source } = quietRun();
    const followed = new EventStream(reader, {}).follow(0, source);
    await Promise.resolve();
    reader.emit('close');
    await followed;
    expect(waits).toEqual([{ isOpen: false }]);
  });

  it('waits no longer when the events cannot be read', async () => {
    const { waits, source } = quietRun(() => Promise.reject(new Error('The database is away.')));
    await new EventStream(response(), {}).follow(0, source);
    expect(waits).toEqual([{ isOpen: false }]);
  });
});
