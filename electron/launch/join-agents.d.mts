/** The text of the agent for that language. */
export function joinAgent(language: string): string;
/** Writes every agent into dist/agents. */
export function writeAgents(): void;
