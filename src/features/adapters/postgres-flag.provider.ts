import {
  type EvaluationContext,
  FlagNotFoundError,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
  TypeMismatchError,
} from '@openfeature/server-sdk';
import { Injectable } from '@nestjs/common';
import { decideSwitch } from '../domain/feature-switch.js';
import { SwitchBoard } from '../switches/switch-board.js';

/** OpenFeature on the switches of `PUT /features/:feature`. */
@Injectable()
export class PostgresFlagProvider implements Provider {
  readonly metadata = { name: 'tandem' };
  readonly runsOn = 'server';
  readonly events = new OpenFeatureEventEmitter();

  constructor(private readonly board: SwitchBoard) {
    board.onChange((flagsChanged) =>
      this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [...flagsChanged] }),
    );
  }

  initialize(): Promise<void> {
    return this.board.load();
  }

  resolveBooleanEvaluation(
    flagKey: string,
    _defaultValue: boolean,
    { agentId, workflowId }: EvaluationContext,
  ): Promise<ResolutionDetails<boolean>> {
    const stored = this.board.find(flagKey);
    if (stored === null) return Promise.reject(new FlagNotFoundError(`Nobody has switched ${flagKey}.`));
    return Promise.resolve(
      decideSwitch(flagKey, stored.setting, {
        ...(typeof agentId === 'string' && { agentId }),
        ...(typeof workflowId === 'string' && { workflowId }),
      }),
    );
  }

  resolveStringEvaluation(flagKey: string): Promise<never> {
    return this.noOther(flagKey);
  }

  resolveNumberEvaluation(flagKey: string): Promise<never> {
    return this.noOther(flagKey);
  }

  resolveObjectEvaluation(flagKey: string): Promise<never> {
    return this.noOther(flagKey);
  }

  private noOther(flagKey: string): Promise<never> {
    return Promise.reject(new TypeMismatchError(`${flagKey} is on or off, nothing else.`));
  }
}
