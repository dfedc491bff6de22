/** What a request names as it is: a value for a parameter, not a word to plan by. */
export const LITERAL_KINDS = ['url', 'email', 'file', 'quoted', 'time', 'date', 'number'] as const;
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

const PATTERNS: readonly (readonly [LiteralKind, RegExp])[] = [
  ['url', /\bhttps?:\/\/[^\s"'<>]{1,2000}[^\s"'<>.,;:!?)]/gi],
  ['email', /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b/g],
  ['quoted', /"[^"\n]{1,500}"|(?<![A-Za-z0-9])'[^'\n]{1,500}'(?![A-Za-z0-9])/g],
  ['file', /(?<![\w/.-])[\w./-]{1,200}\.[A-Za-z][A-Za-z0-9]{1,4}\b/g],
  ['date', /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/g],
  ['time', /\b\d{1,2}(?::\d{2})?\s?[ap]\.?m\b\.?|\b\d{1,2}:\d{2}\b/gi],
];

const MEDIA: Readonly<Record<string, Literal['medium']>> = {
  ...{ png: 'image', jpg: 'image', jpeg: 'image', gif: 'image', webp: 'image', svg: 'image' },
  ...{ mp3: 'audio', wav: 'audio', ogg: 'audio', flac: 'audio', m4a: 'audio' },
  ...{ mp4: 'video', avi: 'video', mov: 'video', mkv: 'video', webm: 'video' },
  ...{
    txt: 'text',
    md: 'text',
    json: 'text',
    csv: 'text',
    pdf: 'text',
    doc: 'text',
    docx: 'text',
    html: 'text',
  },
};

const TYPOGRAPHIC: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201b]/g, "'"],
  [/[\u201c\u201d\u201e]/g, '"'],
];

const mediumOf = (text: string): Literal['medium'] =>
  MEDIA[text.split('.').at(-1)?.toLowerCase() ?? ''] ?? null;

/** Takes every literal out; `§n` stands for the n-th. */
export function maskLiterals(request: string): MaskedText {
  const literals: Literal[] = [];
  let text = TYPOGRAPHIC.reduce((rest, [from, to]) => rest.replace(from, to), request);
  for (const [kind, pattern] of PATTERNS)
    text = text.replace(pattern, (found) => {
      const bare = kind === 'quoted' ? found.slice(1, -1) : found;
      literals.push({
        kind,
        text: bare,
        medium: kind === 'file' || kind === 'quoted' ? mediumOf(bare) : null,
      });
      return `§${literals.length - 1}`;
    });
  return { text, literals };
}
