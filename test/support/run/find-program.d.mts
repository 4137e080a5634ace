/** Absolute path of a program found along PATH, or null. */
export function findProgram(name: string): string | null;
