const MEDIA: ReadonlyMap<string, string> = new Map(
  Object.entries({
    image: 'png jpg jpeg gif webp svg bmp tiff',
    audio: 'mp3 wav ogg flac m4a',
    video: 'mp4 avi mov mkv webm',
  }).flatMap(([medium, endings]) => endings.split(' ').map((ending) => [ending, medium] as const)),
);
const MEDIUM_WORDS = new Set(['image', 'audio', 'video', 'text', 'url']);
/** Parameters that orders are tried for: 24 orders. */
const MAX_TRIED = 4;

/** What medium a file is by its ending; null: it is none of them. */
export const mediumOf = (text: string): string | null =>
  MEDIA.get(/\.([a-z\d]{3,5})$/i.exec(text.slice(-6))?.[1]?.toLowerCase() ?? '') ?? null;

/** The one medium that words speak of. */
export function mediumIn(words: readonly string[]): string | null {
  const media = new Set(words.filter((word) => MEDIUM_WORDS.has(word)));
  const [only] = media;
  return media.size === 1 && only !== undefined ? only : null;
}

type Media = readonly (string | null)[];
/** For each value the position of its parameter. */
type Order = readonly number[];

function ordersOf(count: number, from: Order): Order[] {
  if (count === 0) return [[]];
  return from.flatMap((first) =>
    ordersOf(
      count - 1,
      from.filter((other) => other !== first),
    ).map((rest) => [first, ...rest]),
  );
}

function fitOf(order: Order, values: Media, parameters: Media): number {
  return order.reduce((sum, parameter, index) => {
    const [value, wanted] = [values[index] ?? null, parameters[parameter] ?? null];
    return value === null || wanted === null ? sum : sum + (value === wanted ? 1 : -1);
  }, 0);
}

/** The orders that fit best; empty where there are more values than parameters, or too many of both. */
function bestOrders(values: Media, parameters: Media): readonly Order[] {
  if (values.length > parameters.length || parameters.length > MAX_TRIED) return [];
  const all = parameters.map((_, index) => index);
  const fits = ordersOf(values.length, all).map((order) => ({
    order,
    fit: fitOf(order, values, parameters),
  }));
  const best = Math.max(...fits.map(({ fit }) => fit));
  return best < 0 ? [] : fits.filter(({ fit }) => fit === best).map(({ order }) => order);
}

/**
 * Which parameter each value without a name is for: in the order of the schema, unless another order fits what the
 * values are better (an image for `image`). Both are told by their media, null where nothing is known. null: there are
 * more values than parameters, or several other orders fit equally well.
 */
export function placeInOrder(values: Media, parameters: Media): Order | null {
  if (values.length > parameters.length) return null;
  const inOrder = values.map((_, index) => index);
  if (parameters.length > MAX_TRIED) return inOrder;
  const orders = bestOrders(values, parameters);
  if (orders.length === 0 || fitOf(inOrder, values, parameters) === fitOf(orders[0]!, values, parameters))
    return inOrder;
  return orders.length === 1 ? orders[0]! : null;
}

/** The same for values whose names say nothing: as many values as parameters, and one order only that fits best. */
export function placeByMedium(values: Media, parameters: Media): Order | null {
  if (values.length !== parameters.length) return null;
  const orders = bestOrders(values, parameters);
  return orders.length === 1 ? orders[0]! : null;
}
