import { Webhook as Signer } from 'standardwebhooks';
import type { OutgoingRequest } from '../../tasks/handlers/http-request/outgoing-request.js';
import type { LeasedDelivery } from './deliveries-store.port.js';
import { payloadOf } from './domain/payload.js';

/** One attempt of a delivery as Standard Webhooks 1.0 has it: signed with its id, the time of the attempt and the body. */
export function signedRequest({ id, url, secret, run }: LeasedDelivery, now: Date): OutgoingRequest {
  const body = payloadOf(run);
  return {
    url: new URL(url),
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'tandem',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Signer(secret).sign(id, now, body),
    },
    body,
  };
}
