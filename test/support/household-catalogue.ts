import type { JsonObject } from '../../src/common/json.js';
import type { CatalogueEntry } from '../../src/planning/domain/catalogue-entry.js';

interface EntryOptions {
  /** Name and description of each; all are required. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Kinds of data it takes and gives. */
  readonly takes?: readonly string[];
  readonly gives?: readonly string[];
  /** Names of the properties of its result. */
  readonly result?: readonly string[];
  readonly synonyms?: readonly string[];
}

const objectOf = (properties: Readonly<Record<string, JsonObject>>): JsonObject => ({
  ...{ type: 'object', properties, required: Object.keys(properties) },
});

const kinds = (names: readonly string[]): Record<string, JsonObject> =>
  Object.fromEntries(names.map((kind, at) => [`${kind}${at}`, { type: 'string', 'x-kind': kind }]));

/** A task type as planners see it. */
export function catalogueEntry(
  name: string,
  description: string,
  { parameters = {}, takes = [], gives = [], result = [], synonyms = [] }: EntryOptions = {},
): CatalogueEntry {
  const described = Object.entries(parameters).map(
    ([key, text]) => [key, { type: 'string', description: text }] as const,
  );
  const yielded = result.map((key) => [key, { type: 'string' }] as const);
  return {
    ...{ name, description, synonyms, literalParameters: new Set<string>(), examples: [], hints: {} },
    parameters: objectOf({ ...Object.fromEntries<JsonObject>(described), ...kinds(takes) }),
    result: objectOf({ ...Object.fromEntries<JsonObject>(yielded), ...kinds(gives) }),
  };
}

/** What a household asks for: two of a kind where planners may mix them up. */
export const HOUSEHOLD: readonly CatalogueEntry[] = [
  catalogueEntry('weather.get', 'Gets the weather forecast for a place and a day.', {
    parameters: { place: 'Town or region', day: 'Day of the forecast' },
  }),
  catalogueEntry('hotel.search', 'Searches hotels in a town.', { parameters: { town: 'Town' } }),
  catalogueEntry('hotel.book', 'Books a hotel room.', {
    parameters: { hotel: 'Name of the hotel', nights: 'Number of nights' },
  }),
  catalogueEntry('train.book', 'Books a seat on a train.', {
    parameters: { from: 'Station', to: 'Station', day: 'Day of travel' },
  }),
  catalogueEntry('restaurant.reserve', 'Reserves a table in a restaurant.', {
    parameters: { restaurant: 'Name', time: 'Time', people: 'Number of people' },
  }),
  catalogueEntry('message.send', 'Sends a text message to a phone.', {
    parameters: { phone: 'Phone number', text: 'What it says' },
  }),
  catalogueEntry('email.send', 'Sends an e-mail.', {
    parameters: { recipient: 'Mail address', subject: 'Subject', body: 'Text' },
  }),
  catalogueEntry('reminder.set', 'Sets a reminder.', { parameters: { text: 'What', time: 'When' } }),
  catalogueEntry('reminder.delete', 'Deletes a reminder.', { parameters: { text: 'What' } }),
  catalogueEntry('bill.pay', 'Pays a household bill.', { parameters: { bill: 'Which bill' } }),
  catalogueEntry('money.transfer', 'Transfers money to an account.', {
    parameters: { amount: 'Amount', account: 'Account' },
  }),
  catalogueEntry('light.switch', 'Turns the lights of a room on or off.', { parameters: { room: 'Room' } }),
  catalogueEntry('music.play', 'Plays a song.', { parameters: { song: 'Title of the song' } }),
  catalogueEntry('news.read', 'Reads the headlines of today.'),
  catalogueEntry('order.list', 'Lists the orders of a customer.', { result: ['orders'] }),
  catalogueEntry('order.cancel', 'Cancels an order.', { parameters: { order_id: 'The order' } }),
  catalogueEntry('text.translate', 'Translates a text into another language.', {
    parameters: { text: 'Text', language: 'Language' },
  }),
  catalogueEntry('text.summarise', 'Makes a short summary of a text.', { parameters: { text: 'Text' } }),
];

/** Requests to the household with the task types they need, in order. */
export const HOUSEHOLD_REQUESTS: readonly (readonly [request: string, taskTypes: readonly string[]])[] = [
  ['Turn off the lights in the kitchen and play some relaxing music.', ['light.switch', 'music.play']],
  [
    "I'm travelling to Lyon next week. Find a hotel there, reserve a room and mail the details to eva@example.com.",
    ['hotel.search', 'hotel.book', 'email.send'],
  ],
  [
    'Settle the electricity bill and then move 200 euros to my savings account.',
    ['bill.pay', 'money.transfer'],
  ],
  [
    'Tell me the latest news, translate it into Spanish and send it to the phone of my mother.',
    ['news.read', 'text.translate', 'message.send'],
  ],
  [
    'Could you please get me a table at Da Mario for four and remind me an hour before?',
    ['restaurant.reserve', 'reminder.set'],
  ],
  ['What will the weather be like in Oslo tomorrow?', ['weather.get']],
  ['I no longer need the reminder about the dentist, please remove it.', ['reminder.delete']],
  ['Summarise this article and send the summary to the phone of Ben.', ['text.summarise', 'message.send']],
  ['Cancel the order of the red shoes.', ['order.list', 'order.cancel']],
  ['Get me a train ticket from Rome to Naples, then remind me to pack.', ['train.book', 'reminder.set']],
];
