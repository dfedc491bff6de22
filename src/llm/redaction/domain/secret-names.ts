/** Words of a name that say its value is secret; two neighbouring words count as one (`api_key` as `apikey`). */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  'accesskey',
  'accesstoken',
  'apikey',
  'apikeys',
  'apisecret',
  'apitoken',
  'authkey',
  'authorization',
  'authtoken',
  'clientsecret',
  'cookie',
  'cookies',
  'credential',
  'credentials',
  'encryptionkey',
  'idtoken',
  'jwt',
  'masterkey',
  'passphrase',
  'passwd',
  'password',
  'passwords',
  'privatekey',
  'proxyauthorization',
  'pwd',
  'refreshtoken',
  'secret',
  'secretkey',
  'secrets',
  'sessiontoken',
  'setcookie',
  'sharedkey',
  'signingkey',
  'token',
]);

/** A name that ends with one of these tells something about a secret, not the secret: `tokenCount`, `password_length`. */
const MEASURES: ReadonlySet<string> = new Set([
  'budget',
  'count',
  'length',
  'limit',
  'size',
  'type',
  'usage',
]);

/** Longer names are no names; whatever is beyond is not looked at. */
const LONGEST_NAME = 200;

/** `clientSecret`, `CLIENT_SECRET`, `client-secret2` → client, secret. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(-LONGEST_NAME)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

/** Whether the name of a member says that its value is secret. Whole words: `tokens` and `tokenizer` do not. */
export function saysSecret(name: string): boolean {
  const words = wordsOf(name);
  if (MEASURES.has(words.at(-1) ?? '')) return false;
  return words.some(
    (word, index) => SECRET_WORDS.has(word) || SECRET_WORDS.has(word + (words[index + 1] ?? '')),
  );
}
