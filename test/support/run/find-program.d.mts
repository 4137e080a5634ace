/** Absolute path of a program found along PATH, or null. */
export function findProgram(name: string, path?: string): string | null;
/** `path` with the folders of the interpreters in front to which version managers' shims in it lead. */
export function withoutShims(path: string): string;
