// Interpreters in a few words, under the names the first page gives their languages.
import type { Interpreter } from "../../../server/contract/workspace.js";

const titles: Readonly<Record<string, string>> = {
  python: "Python",
  python3: "Python",
  perl: "Perl",
  php: "PHP",
  "php-cgi": "PHP",
  ruby: "Ruby",
  node: "Node",
  lua: "Lua",
  tclsh: "Tcl",
  sh: "Shell",
  bash: "Bash",
};

/** "Perl 5.36 · PHP 8.2 · Python 3.11 · Shell": each once, as it is called where no language is known for it. */
export function formatInterpreters(interpreters: readonly Pick<Interpreter, "name" | "version">[]): string {
  const found = interpreters.map(({ name, version }) => {
    const base = name.slice(name.lastIndexOf("/") + 1);
    return {
      title: titles[base] ?? base,
      version: version === null ? null : (/^\d+(\.\d+)?/.exec(version)?.[0] ?? version),
    };
  });
  const words = found.flatMap(({ title, version }) => {
    if (version !== null) return `${title} ${version}`;
    return found.some((other) => other.title === title && other.version !== null) ? [] : title;
  });
  return [...new Set(words)].sort((a, b) => a.localeCompare(b)).join(" · ");
}
