import type { Provider } from '@openfeature/server-sdk';
import { Port } from '../common/ports.js';

/** Where the switches are kept, when not in Tandem's database: flagd, LaunchDarkly, a file, … */
export interface FlagProvider {
  /**
   * Resolves boolean flags named as the features are. The context holds `agentId` and `workflowId` where there are any,
   * and the workflow's id, else the agent's, as `targetingKey`. A flag it does not know is on; while it fails, off.
   * Let it emit PROVIDER_CONFIGURATION_CHANGED, so that model calls end when their switch is turned off.
   */
  readonly openFeatureProvider: Provider | null;
}

/** Contributed by an extension; without one the switches are those of `PUT /features/:feature`. */
export const FLAG_PROVIDER = new Port<FlagProvider>('FLAG_PROVIDER', { openFeatureProvider: null });
