// A file that is a part of other scripts, not a script of its own.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";

/** Files beside it that are looked into, and how large they may be. */
const maxFiles = 100;
const maxBytes = 64 << 10;

/** Perl's libraries have a true value at their end; of the others a file beside them, or a folder above, names them. */
export function isLibrary(root: string, path: string, text: string): boolean {
  if (/^1;[ \t\r]*$/m.test(text)) return true;
  const own = posix.basename(path);
  const stem = posix.basename(path, posix.extname(path));
  const word = (name: string): string => name.replace(/[^\w]/g, "\\$&");
  const named = new RegExp(
    `^[^#\\n]{0,80}(?:\\b(?:require|include|do|load|dofile|source)\\w*|(?:^|\\s)\\.)[^\\n]{0,80}["'/ ]${word(own)}(?![\\w.])|` +
      `^[ \\t]*(?:import|from)[ \\t][^\\n]{0,80}\\b${word(stem)}\\b|\\brequire(?:_relative)?[ \\t(]*["'][^"'\\n]{0,80}\\b${word(stem)}["']`,
    "m",
  );
  const folder = posix.join(root, posix.dirname(path));
  const folders = folder === posix.normalize(root) ? [folder] : [folder, posix.dirname(folder)];
  return folders.some((one) =>
    readdirSync(one, { withFileTypes: true })
      .filter((entry) => entry.isFile() && posix.join(one, entry.name) !== posix.join(root, path))
      .slice(0, maxFiles)
      .some(({ name }) => {
        const file = posix.join(one, name);
        return (
          (statSync(file, { throwIfNoEntry: false })?.size ?? Infinity) <= maxBytes &&
          named.test(readFileSync(file, "latin1"))
        );
      }),
  );
}
