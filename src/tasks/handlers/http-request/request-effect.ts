import type { Effect } from '../../domain/effect.js';
import type { HttpRequestParameters } from './http-request.schemas.js';

/** By RFC 9110: reading has no effect, PUT and DELETE may be repeated, POST and PATCH only with an idempotency key. */
export function requestEffect({ method, headers, idempotencyHeader }: HttpRequestParameters): Effect {
  switch (method) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
      return 'none';
    case 'PUT':
    case 'DELETE':
      return 'idempotent';
    case 'POST':
    case 'PATCH': {
      const hasKey = Object.entries(headers).some(
        ([name, value]) => name.toLowerCase() === 'idempotency-key' && value.trim() !== '',
      );
      return hasKey || idempotencyHeader !== undefined ? 'idempotent' : 'irreversible';
    }
  }
}
