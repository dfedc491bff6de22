import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../../config/config.js';
import { knownSecrets } from './known-secrets.js';

const none = { apiKey: null, baseUrl: null };
const settings = (llm: object, pepper: string | null = null) =>
  ({
    access: { pepper },
    llm: { openai: none, anthropic: none, google: none, openaiCompatible: none, ...llm },
  }) as unknown as AppConfig;

describe('the known secrets', () => {
  it('are every key, and passwords within URLs as written and as they are', () => {
    const config = settings(
      {
        openai: { apiKey: 'key-o', baseUrl: null },
        anthropic: { apiKey: 'key-a', baseUrl: 'https://me:hidden@proxy/v1' },
        google: { apiKey: 'key-g', baseUrl: null },
        openaiCompatible: { apiKey: 'key-c', baseUrl: 'not a url' },
      },
      'the pepper',
    );
    expect([...knownSecrets(config, 'postgres://tandem:p%40ss-word@db/tandem')].sort()).toEqual(
      ['hidden', 'key-a', 'key-c', 'key-g', 'key-o', 'p%40ss-word', 'p@ss-word', 'the pepper'].sort(),
    );
  });

  it('are none when nothing is configured', () => {
    expect(knownSecrets(settings({}), '')).toEqual([]);
    expect(knownSecrets(settings({}), 'postgres://tandem@db/100%')).toEqual([]);
  });
});
