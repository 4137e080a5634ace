export function multiplyTraces(path: string, rows: number): void;
