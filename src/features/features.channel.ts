/** NOTIFY channel: a switch was turned. A hint: every process also looks by itself. */
export const FEATURES_CHANNEL = 'tandem_features';
