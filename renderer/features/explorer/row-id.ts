// The element id of a file's row: what the tree names as its active descendant, and how a row is found again.

export const rowId = (path: string): string => `file:${path}`;
