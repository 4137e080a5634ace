/** The text of the agent for that language. */
export function joinAgent(language: string, from?: string): string;
/** Writes every agent into dist/agents. */
export function writeAgents(): void;
