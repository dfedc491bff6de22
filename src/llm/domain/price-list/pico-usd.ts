/**
 * Pico-dollars per token of a price in USD per million tokens (`'0.25'` → 250,000): digits are moved, nothing is
 * rounded. Throws RangeError on anything else than a decimal with at most six places and on prices of $1,000 and more.
 */
export function picoUsdPerToken(usdPerMillion: string): number {
  const [, whole, decimals = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(usdPerMillion) ?? [];
  if (whole === undefined)
    throw new RangeError(
      `"${usdPerMillion}" is no price: write USD per million tokens as a decimal below 1000 with at most six places.`,
    );
  return Number(whole + decimals.padEnd(6, '0'));
}
