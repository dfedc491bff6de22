import { applyDecorators, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Issue } from '../../common/issue.js';
import type { JsonObject } from '../../common/json.js';
import type { ModelDescription } from '../domain/model-price.js';
import type { ModelRequest, ModelResult } from '../domain/model-request.js';

/** Whether a provider can be used in this deployment; `reason` says what to set. */
export type ProviderAvailability =
  { readonly available: true } | { readonly available: false; readonly reason: string };

/** One model of a provider. */
export interface LanguageModel {
  /**
   * Bytes (UTF-8) of the request as it is sent, headers aside: no model is billed for more input tokens than this
   * and the allowance for structured output. Pure.
   */
  requestBytes(request: ModelRequest): number;
  /**
   * Sends one request, once: no retries, no time limit of its own. Ends as soon as `signal` aborts, also while a body
   * is being read. Throws `ModelError` and nothing else.
   */
  generate(request: ModelRequest, options: { readonly signal: AbortSignal }): Promise<ModelResult>;
}

/** Access to the models of one vendor, server or script. Secrets it uses never leave it. */
export interface LanguageModelProvider {
  /** Asked when only the provider is named; absent: the first of its own models, or the cheapest of the price list. */
  readonly defaultModel?: string;
  availability(): ProviderAvailability;
  /** Asked only while available. */
  languageModel(modelId: string): LanguageModel;
  /** Limits and prices of a model that is in no list, where this provider knows them anyway; null: it does not. */
  describeModel?(modelId: string): Omit<ModelDescription, 'provider' | 'model'> | null;
  /** What this provider cannot express in a portable schema, by pointer; absent: it takes every one. Pure. */
  schemaIssues?(schema: JsonObject): readonly Issue[];
  /** Secrets it holds, so that they can be kept out of prompts, logs and rows; absent: none. */
  secrets?(): readonly string[];
}

export interface LlmProviderOptions {
  /** `^[a-z][a-z0-9-]*$`; models are called `<id>:<model>`. */
  readonly id: string;
  /** What people read in `GET /llm/providers`. */
  readonly description: string;
  /**
   * Models it brings with it, beside those of the price list; an exact id that is in neither is refused
   * unpriced.
   */
  readonly models?: readonly Omit<ModelDescription, 'provider'>[];
  /** Nothing is ever paid for its models, whatever their id. */
  readonly free?: boolean;
}

/** Where the registry finds what `@LlmProvider` declared. */
export const LlmProviderMetadata = DiscoveryService.createDecorator<LlmProviderOptions>();

/** Makes a class a provider of models: list it among a module's providers and the registry finds it at boot. */
export function LlmProvider(options: LlmProviderOptions): ClassDecorator {
  return applyDecorators(Injectable(), LlmProviderMetadata(options)) as ClassDecorator;
}
