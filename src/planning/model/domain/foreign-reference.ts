/** What a text may mean that refers to a task in another way than ours. */
export interface ForeignReference {
  /** What the task is called; the likeliest first. */
  readonly ways: readonly { readonly name: string; readonly path: readonly string[] }[];
}

const MAX_LENGTH = 300;
const RESULT = new Set(['result', 'results', 'output', 'outputs', 'response']);
const LISTS = new Set(['tasks', 'task', 'steps', 'step', 'nodes', 'node', 'tasknodes']);
const MAX_WORDS_BEFORE = 5;
/** What is a path without any marks around it. */
const PATH = /^[\w-]+(?:[.[\]]+[\w-]+)+\]?$/;
/** `read.output.json` names a file. */
const FILE = /\.(?:json|csv|txt|md|html?|xml|ya?ml|pdf|png|jpe?g|gif|wav|mp[34])$/i;

/** Whether a member is called like the result of a task itself. */
export const meansResult = (name: string): boolean => RESULT.has(name.toLowerCase());

/** Marks around all of a text: what is inside, and the path that follows. Each class excludes what ends it. */
const WRAPPED: readonly RegExp[] = [
  /^[$%]?\{\{([^{}]*)\}\}%?$/,
  /^[$%]\{([^{}]*)\}%?((?:[.:[].*)?)$/,
  /^\{([^{}"',:]*)\}$/,
  /^<([^<>]*)>((?:[.:[].*)?)$/,
  /^\[([^[\]"',]*)\]$/,
  /^([$]\[\d{1,5}\])((?:[.:[].*)?)$/,
  /^\$([^$\s]+)\$$/,
  /^%([^%\s]+)%$/,
  /^\$([A-Za-z][\w.[\]-]*)$/,
];

interface Unwrapped {
  readonly inner: string;
  readonly isWrapped: boolean;
}

const withoutQuotes = (text: string): string =>
  text.replace(/^(['"])(.*)\1$/, '$2').replace(/^<(.*)>$/, '$1');

function unwrap(text: string): Unwrapped {
  for (const pattern of WRAPPED) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const inner = (found[1] ?? '').trim().replace(/%$/, '');
    return { inner: withoutQuotes(inner.replace(/^\$/, 'index')) + (found[2] ?? ''), isWrapped: true };
  }
  return { inner: text, isWrapped: false };
}

/** `tasks[0].output['x']` → `tasks`, `0`, `output`, `x`. */
const segmentsOf = (inner: string): string[] =>
  inner
    .split(/[.:#[\]]+/)
    .map((segment) => withoutQuotes(segment.trim()))
    .filter((segment) => segment !== '');

/** `output of step 1`, `the output text from Text Paraphraser`; between marks also `summary_from_step_3`. */
function inWords({ inner, isWrapped }: Unwrapped): string | null {
  const words = inner.replaceAll('_', ' ').replace(/^the /i, '').split(/\s+/);
  const at = words.findIndex((word) => /^(?:of|from)$/i.test(word));
  if (at < 1 || at > MAX_WORDS_BEFORE || at === words.length - 1) return null;
  const name = words
    .slice(at + 1)
    .join(' ')
    .replace(/^the /i, '');
  const isResult = isWrapped ? words.slice(0, at).some(meansResult) : meansResult(words[0] ?? '');
  return isResult || (isWrapped && /^(?:step|task|node|previous)\b/i.test(name)) ? name : null;
}

/** Without what says that a task is meant: `Image Editing node`. */
function shortened(name: string): string[] {
  const short = name.replace(/[\s-](?:task|tool|node|step)$/i, '');
  return short === name ? [name] : [name, short];
}

function asPath({ inner, isWrapped }: Unwrapped): ForeignReference['ways'] {
  const segments = segmentsOf(inner);
  const [head = '', second = ''] = segments;
  if (!isWrapped && !(PATH.test(inner) && segments.slice(1, 3).some(meansResult) && !FILE.test(inner)))
    return [];
  if (LISTS.has(head.toLowerCase()) && segments.length > 1) {
    const isIndex = /^\d+$/.test(second) && inner.slice(head.length).trimStart().startsWith('[');
    return [{ name: isIndex ? `index ${second}` : second, path: segments.slice(2) }];
  }
  if (head === 'index') return [{ name: `index ${second}`, path: segments.slice(2) }];
  // Names of task types hold dots themselves.
  return [1, 2, 3]
    .filter((count) => count <= segments.length)
    .map((count) => ({ name: segments.slice(0, count).join('.'), path: segments.slice(count) }))
    .filter(({ name }) => !/^\d+$/.test(name));
}

/** `Text Expander result`, `previous_step_output`. */
function withTail({ inner, isWrapped }: Unwrapped): string | null {
  const found = isWrapped ? /^(.+?)[\s_-](?:result|results|output|outputs)$/i.exec(inner) : null;
  return found?.[1]?.replaceAll('_', ' ') ?? null;
}

/** Reads a text that is a reference and nothing else in one of the forms models use; null: it is none of them. */
export function readForeignReference(text: string): ForeignReference | null {
  const trimmed = text.length > MAX_LENGTH ? '' : text.trim();
  if (trimmed === '') return null;
  const unwrapped = unwrap(trimmed);
  const named = [inWords(unwrapped), withTail(unwrapped)].filter((name) => name !== null);
  const ways = [
    ...asPath(unwrapped),
    ...named.flatMap(shortened).map((name) => ({ name, path: [] as readonly string[] })),
  ];
  return ways.length === 0 ? null : { ways };
}
