/** Money is a whole number of nano-dollars (10⁻⁹ USD) in code and database, a decimal string on the wire. */
export function formatUsd(nanoUsd: bigint): string {
  const sign = nanoUsd < 0n ? '-' : '';
  const digits = (nanoUsd < 0n ? -nanoUsd : nanoUsd).toString().padStart(10, '0');
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** Nano-dollars of a decimal amount in USD with at most nine decimals, such as `0.001`. */
export function parseUsd(usd: string): bigint {
  const [whole = '0', decimals = ''] = usd.split('.');
  return BigInt(whole + decimals.padEnd(9, '0'));
}
