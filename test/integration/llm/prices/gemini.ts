import type { UsageRecord } from './usage-record.js';

/** Answers of Gemini generateContent, without their content. */
export const GEMINI: readonly UsageRecord[] = [
  {
    what: 'a short answer',
    model: 'google:gemini-2.5-flash',
    body: {
      responseId: 'g01',
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 27, totalTokenCount: 36 },
    },
    sum: '9 × 300 + 27 × 2,500',
    nanoUsd: 70_200n,
  },
  {
    what: 'thoughts beside the answer',
    model: 'google:gemini-2.5-flash',
    body: {
      responseId: 'g02',
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: {
        promptTokenCount: 38,
        candidatesTokenCount: 120,
        thoughtsTokenCount: 931,
        totalTokenCount: 1089,
      },
    },
    sum: '38 × 300 + 120 × 2,500 + 931 × 2,500',
    nanoUsd: 2_638_900n,
  },
  {
    what: 'a prompt read from the cache in part',
    model: 'google:gemini-2.5-flash',
    body: {
      responseId: 'g03',
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: {
        promptTokenCount: 6043,
        cachedContentTokenCount: 4096,
        candidatesTokenCount: 311,
        thoughtsTokenCount: 402,
        totalTokenCount: 6756,
      },
    },
    sum: '1,947 × 300 + 4,096 × 30 + 311 × 2,500 + 402 × 2,500',
    nanoUsd: 2_489_480n,
  },
  {
    what: '200,000 input tokens, still short context',
    model: 'google:gemini-2.5-pro',
    body: {
      responseId: 'g04',
      modelVersion: 'gemini-2.5-pro',
      usageMetadata: {
        promptTokenCount: 200_000,
        candidatesTokenCount: 500,
        thoughtsTokenCount: 1500,
        totalTokenCount: 202_000,
      },
    },
    sum: '200,000 × 1,250 + 500 × 10,000 + 1,500 × 10,000',
    nanoUsd: 270_000_000n,
  },
  {
    what: '200,001 input tokens, long context',
    model: 'google:gemini-2.5-pro',
    body: {
      responseId: 'g05',
      modelVersion: 'gemini-2.5-pro',
      usageMetadata: {
        promptTokenCount: 200_001,
        candidatesTokenCount: 500,
        thoughtsTokenCount: 1500,
        totalTokenCount: 202_001,
      },
    },
    sum: '200,001 × 2,500 + 500 × 15,000 + 1,500 × 15,000',
    nanoUsd: 530_002_500n,
  },
  {
    what: 'long context, most of it read from the cache',
    model: 'google:gemini-2.5-pro',
    body: {
      responseId: 'g06',
      modelVersion: 'gemini-2.5-pro',
      usageMetadata: {
        promptTokenCount: 500_000,
        cachedContentTokenCount: 491_520,
        candidatesTokenCount: 2048,
        thoughtsTokenCount: 4096,
        totalTokenCount: 506_144,
      },
    },
    sum: '8,480 × 2,500 + 491,520 × 250 + 2,048 × 15,000 + 4,096 × 15,000',
    nanoUsd: 236_240_000n,
  },
  {
    what: 'long context',
    model: 'google:gemini-3.1-pro-preview',
    body: {
      responseId: 'g07',
      modelVersion: 'gemini-3.1-pro-preview',
      usageMetadata: {
        promptTokenCount: 250_123,
        candidatesTokenCount: 1000,
        thoughtsTokenCount: 3000,
        totalTokenCount: 254_123,
      },
    },
    sum: '250,123 × 4,000 + 1,000 × 18,000 + 3,000 × 18,000',
    nanoUsd: 1_072_492_000n,
  },
  {
    what: 'a small model',
    model: 'google:gemini-3.5-flash-lite',
    body: {
      responseId: 'g08',
      modelVersion: 'gemini-3.5-flash-lite',
      usageMetadata: { promptTokenCount: 1024, candidatesTokenCount: 256, totalTokenCount: 1280 },
    },
    sum: '1,024 × 300 + 256 × 2,500',
    nanoUsd: 947_200n,
  },
  {
    what: 'no thoughts and a cache read',
    model: 'google:gemini-3.5-flash',
    body: {
      responseId: 'g09',
      modelVersion: 'gemini-3.5-flash',
      usageMetadata: {
        promptTokenCount: 8000,
        cachedContentTokenCount: 7168,
        candidatesTokenCount: 600,
        totalTokenCount: 8600,
      },
    },
    sum: '832 × 1,500 + 7,168 × 150 + 600 × 9,000',
    nanoUsd: 7_723_200n,
  },
  {
    what: 'an introductory price',
    model: 'google:gemini-3.8-flash',
    body: {
      responseId: 'g10',
      modelVersion: 'gemini-3.8-flash',
      usageMetadata: {
        promptTokenCount: 4444,
        candidatesTokenCount: 333,
        thoughtsTokenCount: 2222,
        totalTokenCount: 6999,
      },
    },
    sum: '4,444 × 750 + 333 × 3,750 + 2,222 × 3,750',
    nanoUsd: 12_914_250n,
  },
  {
    what: 'an introductory price and a cache read',
    model: 'google:gemini-4-argon',
    body: {
      responseId: 'g11',
      modelVersion: 'gemini-4-argon',
      usageMetadata: {
        promptTokenCount: 10_000,
        cachedContentTokenCount: 8192,
        candidatesTokenCount: 700,
        thoughtsTokenCount: 900,
        totalTokenCount: 11_600,
      },
    },
    sum: '1,808 × 2,000 + 8,192 × 100 + 700 × 10,000 + 900 × 10,000',
    nanoUsd: 20_435_200n,
  },
  {
    what: 'an answer cut off while it still thought',
    model: 'google:gemini-2.5-flash',
    body: {
      responseId: 'g12',
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: { promptTokenCount: 512, thoughtsTokenCount: 65_535, totalTokenCount: 66_047 },
    },
    sum: '512 × 300 + 65,535 × 2,500',
    nanoUsd: 163_991_100n,
  },
  {
    what: 'a prompt read from the cache as a whole',
    model: 'google:gemini-2.5-flash-lite',
    body: {
      responseId: 'g13',
      modelVersion: 'gemini-2.5-flash-lite',
      usageMetadata: {
        promptTokenCount: 4096,
        cachedContentTokenCount: 4096,
        candidatesTokenCount: 1,
        totalTokenCount: 4097,
      },
    },
    sum: '4,096 × 10 + 1 × 400',
    nanoUsd: 41_360n,
  },
  {
    what: 'results of tools beside the prompt',
    model: 'google:gemini-3-flash-preview',
    body: {
      responseId: 'g14',
      modelVersion: 'gemini-3-flash-preview',
      usageMetadata: {
        promptTokenCount: 300,
        candidatesTokenCount: 80,
        thoughtsTokenCount: 60,
        toolUsePromptTokenCount: 1700,
        totalTokenCount: 2140,
      },
    },
    sum: '2,000 × 500 + 80 × 3,000 + 60 × 3,000',
    nanoUsd: 1_420_000n,
  },
  {
    what: 'zero everywhere',
    model: 'google:gemini-2.5-flash-lite',
    body: {
      responseId: 'g15',
      modelVersion: 'gemini-2.5-flash-lite',
      usageMetadata: { promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 },
    },
    sum: '0',
    nanoUsd: 0n,
  },
  {
    what: 'a blocked prompt',
    model: 'google:gemini-2.5-flash',
    body: {
      responseId: 'g16',
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: { promptTokenCount: 44, totalTokenCount: 44 },
    },
    sum: 'not reported',
    nanoUsd: null,
  },
];
