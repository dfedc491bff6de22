import { expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { AppConfig } from '../../../../src/config/config.js';
import { AnthropicProvider } from '../../../../src/llm/providers/anthropic/anthropic.provider.js';
import { DisabledProvider } from '../../../../src/llm/providers/disabled/disabled.provider.js';
import { GoogleProvider } from '../../../../src/llm/providers/google/google.provider.js';
import { LlmProviderMetadata } from '../../../../src/llm/providers/language-model-provider.js';
import { OpenAiCompatibleProvider } from '../../../../src/llm/providers/openai-compatible/openai-compatible.provider.js';
import { OpenAiProvider } from '../../../../src/llm/providers/openai/openai.provider.js';
import { llmConfig } from '../../../support/llm/llm-config.js';
import { KEY, VENDORS } from '../../../support/llm/vendors.js';

const PROVIDERS = [
  OpenAiProvider,
  OpenAiCompatibleProvider,
  AnthropicProvider,
  GoogleProvider,
  DisabledProvider,
];

@Injectable()
class Found {
  constructor(readonly discovery: DiscoveryService) {}
}

it('finds every provider under its id', async () => {
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [Found, { provide: AppConfig, useValue: llmConfig({}) }, ...PROVIDERS],
  }).compile();
  const { discovery } = module.get(Found);
  const ids = discovery
    .getProviders({ metadataKey: LlmProviderMetadata.KEY })
    .map((wrapper) => discovery.getMetadataByDecorator(LlmProviderMetadata, wrapper)?.id);
  expect(ids.sort()).toEqual(['anthropic', 'disabled', 'google', 'openai', 'openai-compatible']);
  await module.close();
});

it.each([
  [OpenAiProvider, 'OPENAI_API_KEY is not set. Set it to a key of the OpenAI API.'],
  [
    OpenAiCompatibleProvider,
    'OPENAI_COMPATIBLE_BASE_URL is not set. Set it to the address of a server that speaks chat.completions.',
  ],
  [AnthropicProvider, 'ANTHROPIC_API_KEY is not set. Set it to a key of the Anthropic API.'],
  [GoogleProvider, 'GOOGLE_API_KEY is not set. Set it to a key of the Gemini API.'],
])('%p says what to set', (Provider, reason) => {
  const provider = new Provider(llmConfig({}));
  expect(provider.availability()).toEqual({ available: false, reason });
  expect(provider.secrets()).toEqual([]);
});

it.each(VENDORS)('$id is available once that is set, and names its secret', ({ create }) => {
  const provider = create('http://127.0.0.1:9');
  expect(provider.availability()).toEqual({ available: true });
  expect(provider.secrets?.()).toEqual([KEY]);
});

it('disabled names what could be set, and has no models', () => {
  const provider = new DisabledProvider();
  const availability = provider.availability();
  expect(availability).toMatchObject({ available: false, reason: expect.stringContaining('OPENAI_API_KEY') });
  expect(() => provider.languageModel('x')).toThrow('The provider disabled has no model "x"');
});
