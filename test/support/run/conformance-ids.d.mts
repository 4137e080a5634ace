export const conformanceIds: ReadonlyMap<string, readonly [level: string, rule: string]>;
export function idsOf(title: string): string[];
