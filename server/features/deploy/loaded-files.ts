// Which other files scripts load or name, found in their sources, line by line: a kit without them would not run. A
// file too many does no harm: no request reaches it.
import { posix } from "node:path";

/** Lines that load code of another file, in any of the languages. */
const loads =
  /^\s*(?:import|from|use|\.)\s|\b(?:require\w*|include\w*|do|load\w*|autoload|source|run_path|spec_from_file_location|exec\w*|system|popen|spawn\w*|subprocess|call|run)\b/;

interface Sought {
  /** Scripts, which a line has to load. */
  readonly scripts: readonly string[];
  /** Data, whose name is enough. */
  readonly data: readonly string[];
}

/** Those that the files `from`, and what they load, make use of. */
export async function loadedFiles(
  from: readonly string[],
  { scripts, data }: Sought,
  sourceOf: (path: string) => Promise<string>,
): Promise<readonly string[]> {
  const found = new Set<string>();
  const queue = [...from];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const source = await sourceOf(path);
    const loading = source.split("\n").filter((line) => loads.test(line));
    for (const script of scripts) {
      const stem = posix.basename(script).replace(/\.\w+$/, "");
      if (found.has(script) || script === path || !loading.some((line) => hasWord(line, stem))) continue;
      found.add(script);
      queue.push(script);
    }
    for (const file of data) if (hasWord(source, posix.basename(file))) found.add(file);
  }
  return [...found];
}

/** As a word of its own, which a path or an ending may surround. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[\w-]/.test(text[at - 1] ?? " ") && !/[\w-]/.test(text[at + word.length] ?? " ")) return true;
  return false;
}
