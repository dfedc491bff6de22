/** NOTIFY channel: the id of an agent that was changed. A hint: whoever listens also polls. */
export const AGENTS_CHANNEL = 'tandem_agents';
