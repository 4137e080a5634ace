// Names that differ in case, or in how their accents are written. On a file system that ignores that, which any system
// may have mounted, they are one.

const comparable = (path: string): string => path.normalize("NFC").toLowerCase();

/** Two of the paths may be one file: its old name leads to it, too, and only its folder tells which one it has. */
export const hasTwoSpellings = (paths: readonly string[]): boolean =>
  new Set(paths.map(comparable)).size < new Set(paths).size;
