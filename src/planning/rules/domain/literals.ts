/** What a request names as it is: a value for a parameter, not a word to plan by. */
export const LITERAL_KINDS = [
  ...['url', 'email', 'file', 'quoted', 'json', 'id', 'time', 'date', 'number'],
] as const;
export type LiteralKind = (typeof LITERAL_KINDS)[number];

export interface Literal {
  readonly kind: LiteralKind;
  /** Without quotes. */
  readonly text: string;
  /** Of a file: what it is by its ending. */
  readonly medium: 'image' | 'audio' | 'video' | 'text' | null;
}

/** A request with its literals taken out: each stands as a word of its own that no rule cuts. */
export interface MaskedText {
  readonly text: string;
  readonly literals: readonly Literal[];
}

/** How much of a text may be one JSON value. */
const MAX_JSON = 4_000;
const MAX_JSON_VALUES = 20;

/** Where the bracket at `start` closes; -1: nowhere near. */
function closingOf(text: string, start: number): number {
  let depth = 0;
  let isText = false;
  for (let at = start; at < Math.min(text.length, start + MAX_JSON); at += 1) {
    const sign = text[at];
    if (isText && sign === '\\') at += 1;
    else if (sign === '"') isText = !isText;
    else if (!isText && (sign === '{' || sign === '[')) depth += 1;
    else if (!isText && (sign === '}' || sign === ']') && --depth === 0) return at;
  }
  return -1;
}

/** Objects and arrays written as JSON. */
function jsonIn(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  for (let tries = 0; tries < MAX_JSON_VALUES; tries += 1) {
    const start = text.slice(at).search(/[[{]/);
    if (start < 0) break;
    const end = closingOf(text, at + start);
    const value = end < 0 ? '' : text.slice(at + start, end + 1);
    const isJson = isParsed(value);
    if (isJson) found.push(value);
    at = isJson ? end + 1 : at + start + 1;
  }
  return found;
}

function isParsed(value: string): boolean {
  try {
    return typeof JSON.parse(value) === 'object';
  } catch {
    return false;
  }
}

/** In this order: what an earlier one took is no longer there for a later one. */
const PATTERNS: readonly (readonly [LiteralKind, RegExp])[] = [
  ['url', /\b(?:https?:\/\/|www\.)[^\s"'<>]{1,2000}[^\s"'<>.,;:!?)\]]/gi],
  ['email', /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b/g],
  ['id', /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi],
  ['quoted', /"[^"\n]{1,2000}"|(?<![A-Za-z0-9])'(?:[^'\n]|(?<=[a-z])'(?=[a-z])){1,2000}'(?![A-Za-z0-9])/g],
  [
    'file',
    /(?<![\w/.-])(?:[\w./-]{1,200}\.[A-Za-z][A-Za-z0-9]{1,4}\b(?!\()|(?:~|\.{1,2})?\/[\w./-]{0,200}\w)/g,
  ],
  ['time', /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z\b|[+-]\d{2}:\d{2}\b|\b)/g],
  ['date', /\b\d{4}[-/]\d{1,2}[-/]\d{1,2}\b|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/g],
  ['time', /\b\d{1,2}(?::\d{2})?\s?(?:[ap]m\b|[ap]\.m\.)|\b\d{1,2}:\d{2}(?::\d{2})?\b/gi],
];

const endings = (medium: NonNullable<Literal['medium']>, list: string) =>
  list.split(' ').map((ending) => [ending, medium] as const);
const MEDIA: ReadonlyMap<string, Literal['medium']> = new Map([
  ...endings('image', 'png jpg jpeg gif webp svg bmp tiff heic'),
  ...endings('audio', 'mp3 wav ogg flac m4a aac'),
  ...endings('video', 'mp4 avi mov mkv webm'),
  ...endings('text', 'txt md json csv pdf doc docx html xml yaml yml log xls xlsx ppt pptx'),
]);

const TYPOGRAPHIC: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201b]/g, "'"],
  [/[\u201c\u201d\u201e]/g, '"'],
  // Our own sign is nobody's word.
  [/§/g, ' '],
];

/** Their full stop ends no sentence. */
const ABBREVIATIONS =
  /\b(?:Mr|Mrs|Ms|Dr|Prof|St|Inc|Ltd|Co|Corp|Jr|Sr|vs|No|approx|e\.g|i\.e|etc(?=\. [a-z]))\.(?=\s|,)/g;

const mediumOf = (text: string): Literal['medium'] =>
  MEDIA.get(text.split('.').at(-1)?.toLowerCase() ?? '') ?? null;

/** Takes every literal out; `§n` stands for the n-th found, which is not always the n-th of the text. */
export function maskLiterals(request: string): MaskedText {
  const literals: Literal[] = [];
  let text = TYPOGRAPHIC.reduce((rest, [from, to]) => rest.replace(from, to), request);
  for (const found of jsonIn(text)) {
    literals.push({ kind: 'json', text: found, medium: null });
    text = text.replace(found, () => `§${literals.length - 1}`);
  }
  for (const [kind, pattern] of PATTERNS)
    text = text.replace(pattern, (found) => {
      const bare = unmask(kind === 'quoted' ? found.slice(1, -1) : found, literals);
      literals.push({
        kind,
        text: bare,
        medium: kind === 'file' || kind === 'quoted' || kind === 'url' ? mediumOf(bare) : null,
      });
      return `§${literals.length - 1}`;
    });
  return { text: text.replace(ABBREVIATIONS, (found) => found.replaceAll('.', ' ')), literals };
}

/** Literals of a piece of masked text, in the order they stand there. */
export const literalsIn = (masked: string, literals: readonly Literal[]): readonly Literal[] =>
  [...masked.matchAll(/§(\d{1,7})/g)].flatMap(([, at]) => literals[Number(at)] ?? []);

/** A piece of masked text with its literals written out, quotes and all. */
export const unmask = (masked: string, literals: readonly Literal[]): string =>
  masked.replace(/§(\d{1,7})/g, (whole, at: string) => {
    const literal = literals[Number(at)];
    if (literal === undefined) return whole;
    return literal.kind === 'quoted' ? `'${literal.text}'` : literal.text;
  });
