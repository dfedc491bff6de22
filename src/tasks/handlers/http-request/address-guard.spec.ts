import { describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import {
  AddressNotAllowedError,
  guardedLookup,
  isOpenedByName,
  isPublicAddress,
  refusePrivateLiteral,
} from './address-guard.js';

describe('address guard', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('calls %s public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'no address',
  ])('does not call %s public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
  ])('refuses the literal %s', (url) => {
    expect(() => refusePrivateLiteral(new URL(url))).toThrow(AddressNotAllowedError);
  });

  it.each([
    ['http://10.0.0.7/', 'HTTP_ALLOWED_HOSTS=10.0.0.7.'],
    ['http://10.0.0.7:4301/', 'HTTP_ALLOWED_HOSTS=10.0.0.7:4301.'],
    ['http://[::1]:4301/', 'HTTP_ALLOWED_HOSTS=[::1]:4301.'],
  ])('says how to open no more than %s', (url, how) => {
    expect(() => refusePrivateLiteral(new URL(url))).toThrow(how);
  });

  const lookup = (addresses: LookupAddress[], all: boolean) =>
    new Promise((resolve) => {
      guardedLookup((_host, _options, callback) => callback(null, addresses))(
        'db.test',
        { all },
        (error, address) => resolve(error ?? address),
      );
    });

  it('refuses a name when one of its addresses is private', async () => {
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ];
    await expect(lookup(addresses, true)).resolves.toMatchObject({
      message:
        'db.test resolves to 10.0.0.7, which is not on the public internet. ' +
        'An operator can open it with HTTP_ALLOWED_HOSTS=db.test.',
    });
    await expect(lookup(addresses, false)).resolves.toBeInstanceOf(AddressNotAllowedError);
  });

  it('answers with public addresses in the form that was asked for', async () => {
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '8.8.4.4', family: 4 },
    ];
    await expect(lookup(addresses, true)).resolves.toEqual(addresses);
    await expect(lookup(addresses, false)).resolves.toBe('8.8.8.8');
  });

  it.each<[string, boolean]>([
    ['http://wiki.local/', true],
    ['https://WIKI.local.:8443/', true],
    ['http://127.0.0.1:9000/', true],
    ['http://127.0.0.1:9001/', false],
    ['http://[::1]:80/', true],
    ['https://[::1]/', false],
    ['http://sub.wiki.local/', false],
  ])('knows whether %s was opened by name: %s', (url, opened) => {
    const names = new Set(['wiki.local', '127.0.0.1:9000', '[::1]:80']);
    expect(isOpenedByName(new URL(url), { names })).toBe(opened);
  });
});
