export interface ReadBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** There was more than the limit; the rest was not read and the connection is closed. */
  readonly more: boolean;
  /** What ended it early. */
  readonly broken?: unknown;
}

/** The first `limit` bytes of a body. Never throws: what was read before it broke may still be of use. */
export async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<ReadBytes> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) break;
    }
  } catch (broken) {
    return { bytes: joined(chunks), more: false, broken };
  }
  return { bytes: joined(chunks).subarray(0, limit), more: length > limit };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(chunks));
}
