import { TaskError } from '../../tasks/domain/task-error.js';
import {
  AddressNotAllowedError,
  type HttpAllowedHosts,
  isOpenedByName,
  refusePrivateLiteral,
} from '../../tasks/handlers/http-request/address-guard.js';
import { checkedUrl } from '../../tasks/handlers/http-request/outgoing-request.js';
import { addressRefused, invalidUrl } from './webhooks.errors.js';

/** Control characters, and white space at either end. */
const DROPPED = /\p{Cc}|^\s|\s$/u;

/**
 * The address as it will be called. Fails as `invalid_url` for what is no absolute http(s) URL, carries credentials or
 * holds what a URL parser would drop, and as `address_refused` for a private address that nobody opened. What a name
 * resolves to is judged at every attempt.
 */
export function checkTarget(text: string, allowed: HttpAllowedHosts): string {
  if (DROPPED.test(text)) {
    throw invalidUrl('The URL holds control characters, or white space around it. Send it without.');
  }
  try {
    const url = checkedUrl(text);
    if (!isOpenedByName(url, allowed)) refusePrivateLiteral(url);
    return url.href;
  } catch (error) {
    if (error instanceof TaskError) throw invalidUrl(error.failure.message);
    if (error instanceof AddressNotAllowedError) throw addressRefused(error.message);
    throw error;
  }
}
