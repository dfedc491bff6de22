import { describe, expect, it } from '@jest/globals';
import { saysSecret } from './secret-names.js';

describe('the name of a member', () => {
  it.each([
    'password',
    'Passwd',
    'db_password',
    'passwordHash',
    'password2',
    'PASSWORD',
    'secret',
    'client_secret',
    'clientSecret',
    'CLIENT-SECRET',
    'clientsecret',
    'token',
    'accessToken',
    'x.auth.token',
    'api_key',
    'apiKey',
    'API key',
    'apikey',
    'X-Api-Key',
    'APIKey',
    'OPENAI_API_KEY',
    'aws_secret_access_key',
    'authorization',
    'Proxy-Authorization',
    'cookie',
    'Set-Cookie',
    'private_key',
    'privateKeyPem',
    'credentials',
  ])('%s says secret', (name) => {
    expect(saysSecret(name)).toBe(true);
  });

  it.each([
    'tokens',
    'inputTokens',
    'max_output_tokens',
    'tokenizer',
    'tokenization',
    'tokenCount',
    'password_length',
    'secretary',
    'passenger',
    'cookiecutter',
    'key',
    'keyboard',
    'apiKeyboard',
    'primary_key',
    'author',
    'authorized',
    'compass_word',
    '',
    '___',
  ])('%s does not', (name) => {
    expect(saysSecret(name)).toBe(false);
  });

  it('is looked at in time even when it is a megabyte', () => {
    expect(saysSecret(`${'a'.repeat(1_000_000)}_password`)).toBe(true);
    expect(saysSecret('aB_'.repeat(400_000))).toBe(false);
  });
});
