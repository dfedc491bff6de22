import ipaddr from 'ipaddr.js';
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';

/** Names the operator opened for private addresses, `host` or `host:port`; also the injection token. */
export abstract class HttpAllowedHosts {
  abstract readonly names: ReadonlySet<string>;
}

/** Says how to open the host, with the port when that is known. */
export class AddressNotAllowedError extends Error {
  constructor(
    host: string,
    readonly address: string,
    port = '',
  ) {
    const what = host === address ? `The address ${address}` : `${host} resolves to ${address}, which`;
    const name = `${host.includes(':') ? `[${host}]` : host}${port === '' ? '' : `:${port}`}`;
    super(`${what} is not on the public internet. An operator can open it with HTTP_ALLOWED_HOSTS=${name}.`);
  }
}

/** Whether an address is on the public internet: no loopback, private, link-local, multicast or reserved range. */
export function isPublicAddress(address: string): boolean {
  // `process` also unwraps IPv4 in IPv6 (::ffff:10.0.0.1).
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** The host of a URL as it is compared: lower case, no brackets, no final dot. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/** Whether the operator opened this target by name, so that its addresses are not looked at. */
export function isOpenedByName(url: URL, allowed: HttpAllowedHosts): boolean {
  const host = hostOf(url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return allowed.names.has(host) || allowed.names.has(bracketed) || allowed.names.has(`${bracketed}:${port}`);
}

/** Literal addresses are never looked up, so they are judged before a connection is made. */
export function refusePrivateLiteral(url: URL): void {
  const host = hostOf(url);
  if (ipaddr.isValid(host) && !isPublicAddress(host)) throw new AddressNotAllowedError(host, host, url.port);
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Resolver = (
  host: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * The look-up of every connection. It judges the very addresses that are connected to, so a name that answers
 * differently a moment later (DNS rebinding) gains nothing. One private address refuses the name.
 */
export function guardedLookup(resolve: Resolver = dnsLookup) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      if (refused !== undefined) return callback(new AddressNotAllowedError(host, refused.address), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
