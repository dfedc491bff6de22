import { REDACTED, type TextRule, where } from './redacted.js';

/*
 * Every pattern takes time in proportion to the text: a repetition is either bounded, or it runs over characters that
 * neither its start nor what follows it may be (so no two tries read the same run), or it always ends in a match. None
 * is nested in another. `secret-patterns.spec.ts` measures each with the texts that would be worst for it.
 */

/** Keys that tell by their beginning whose they are. */
const KEYS: readonly RegExp[] = [
  // OpenAI, Anthropic and those that do as they do; a digit tells it from a name such as `sk-button-primary-large`.
  /(?<![A-Za-z0-9])sk-(?=[A-Za-z_-]{0,64}[0-9])[A-Za-z0-9_-]{16,}/g,
  // Stripe
  /(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  // Google
  /AIza[A-Za-z0-9_-]{30,}/g,
  /ya29\.[A-Za-z0-9_-]{20,}/g,
  // GitHub, GitLab, npm, Hugging Face
  /gh[oprsu]_[A-Za-z0-9]{20,}/g,
  /github_pat_[A-Za-z0-9_]{20,}/g,
  /glpat-[A-Za-z0-9_-]{20,}/g,
  /npm_[A-Za-z0-9]{36,}/g,
  /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/g,
  // Slack
  /xox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  // AWS
  /(?<![A-Z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Z0-9])/g,
  // Tandem: `tdm_<id>_<secret>`; secrets of webhooks
  /tdm_[A-Za-z0-9-]{1,64}_[A-Za-z0-9_-]{8,}/g,
  /whsec_[A-Za-z0-9+/=]{16,}/g,
];

/** Each of the keys above holds one of these. */
const KEY_HINTS = [
  ...['sk-', 'k_live_', 'k_test_', 'AIza', 'ya29.', 'gho_', 'ghp_', 'ghr_', 'ghs_', 'ghu_', 'github_pat_'],
  ...['glpat-', 'npm_', 'hf_', 'xox', 'AKIA', 'ASIA', 'tdm_', 'whsec_'],
];

/** Three parts, the first of them base64 of `{"`; RFC 7519. */
const JWT = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g;

/** RFC 7468. Without its end the key goes on to the end of the text, so this always matches. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^]*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[^]*)/g;

/** RFC 6750, 7617. A word without digits is prose ("bearer authentication"), unless it is very long. */
const AUTHORIZATION =
  /(?<![A-Za-z0-9])((?:bearer|basic)[ \t]{1,8})(?:(?=[A-Za-z._~+/=-]{0,200}[0-9])[A-Za-z0-9._~+/=-]{8,}|[A-Za-z._~+/=-]{24,})/gi;

/** `scheme://user:password@host`; an `@` within the password too. */
const URL_PASSWORD = /(:\/\/[^\s/?#:@"'<>]*:)[^\s/?#"'<>]+(?=@)/g;

/** Headers that carry credentials, where a line starts with one. */
const HEADER =
  /^([ \t>*-]{0,8}(?:(?:proxy-)?authorization|(?:set-)?cookie|x-api-key)[ \t]{0,4}:[ \t]{0,4})(?! )[^\r\n]+/gim;

const NAMES =
  '(?:pass(?:word|wd|phrase)|pwd|secret|token|(?:api|access|secret|private|signing)[_-]?key|authorization)';

/** `api_key=…` of query strings, forms, command lines and environments. */
const ASSIGNMENT = new RegExp(
  `(?<![A-Za-z0-9])([a-z]{0,20}${NAMES}=)(?:"[^"\\r\\n]+"?|'[^'\\r\\n]+'?|[^\\s&"'<>,;]+)`,
  'gi',
);

/** `Password: …` as people and YAML write it; `token: …` may be prose. */
const STATEMENT = new RegExp(
  '(?<![A-Za-z0-9])((?:pass(?:word|wd|phrase|wort)|pwd|(?:api|access|secret|private|signing)[ _-]?key|' +
    '(?:access|auth|api)[ _-]token)[ \\t]{0,2}[:=][ \\t]{0,4})' +
    `(?:"[^"\\r\\n]+"?|'[^'\\r\\n]+'?|(?![{[(:=])[^\\s&"'<>,;]+)`,
  'gi',
);

/** `"password": "…"` of JSON in a text, and of JSON in a string of that; the end of the text may be the end of it. */
const JSON_MEMBER = new RegExp(
  `("[a-z0-9_-]{0,40}${NAMES}"[ \\t]{0,4}:[ \\t]{0,4}")(?:[^"\\\\\\r\\n]|\\\\.){1,10000}`,
  'gi',
);
const ESCAPED_JSON_MEMBER = new RegExp(
  `(\\\\"[a-z0-9_-]{0,40}${NAMES}\\\\"[ \\t]{0,4}:[ \\t]{0,4}\\\\")(?:\\\\{3}"|(?!\\\\")[^\\r\\n]){1,10000}`,
  'gi',
);

const whole = (pattern: RegExp): TextRule => {
  return (text) => text.replace(pattern, REDACTED);
};

const afterFirstGroup = (pattern: RegExp): TextRule => {
  return (text) => text.replace(pattern, `$1${REDACTED}`);
};

/** What looks like a secret wherever it stands, by a name for tests. */
export const SECRET_PATTERNS: Readonly<Record<string, TextRule>> = {
  privateKey: where(['PRIVATE KEY'], whole(PRIVATE_KEY)),
  jwt: where(['eyJ'], whole(JWT)),
  keys: where(KEY_HINTS, (text) => KEYS.reduce((rest, pattern) => rest.replace(pattern, REDACTED), text)),
  header: where([':'], afterFirstGroup(HEADER)),
  authorization: afterFirstGroup(AUTHORIZATION),
  urlPassword: where(['://'], afterFirstGroup(URL_PASSWORD)),
  assignment: where(['='], afterFirstGroup(ASSIGNMENT)),
  statement: where([':', '='], afterFirstGroup(STATEMENT)),
  jsonMember: where(['":', '" ', '"\t'], afterFirstGroup(JSON_MEMBER)),
  escapedJsonMember: where(['\\"'], afterFirstGroup(ESCAPED_JSON_MEMBER)),
};
