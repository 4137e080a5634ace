export function sampledPart(name: string, parts: number, commit?: string): number;
