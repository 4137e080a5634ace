export function sampledPart(name: string, parts: number, commit?: string): number;
export function sampledFiles(files: readonly string[]): string[];
export function sampledShell(spec: string): "browser" | "electron" | null;
