// Which modules of its language a script loads whenever it runs, each with the words that say whether it is there and
// the package that has it; and the words that say whether a language's version there can read the script.
import { posix } from "node:path";
import type { AgentLanguage } from "../../contract/modes.js";
import type { KitScript } from "./sorted-files.js";
import type { View } from "./template.js";

interface Loading {
  /** What is not code, or is loaded only if it is there. */
  readonly aside: RegExp;
  readonly names: RegExp;
  /** What the program takes code behind. */
  readonly option: string;
  /** Code that fails where the module is not there. */
  readonly test: (name: string) => string;
  /** Code that fails where the version is not one for the file behind it, of which it runs nothing. */
  readonly reads: string;
  readonly package: (name: string) => string;
  /** The file of a module that lies beside the script. */
  readonly file: (name: string) => string;
}

const languages: Readonly<Record<AgentLanguage, Loading>> = {
  python: {
    aside: /("""|''')[\s\S]*?\1|^([ \t]*)try:[^\n]*\n(?:\2[ \t]+[^\n]*\n|[ \t]*\n)*/gm,
    names:
      /^[ \t]*(?:import[ \t]+([A-Za-z_]\w*)(?=[ \t]*(?:[.,;#]|as\b|\r?$))|from[ \t]+([A-Za-z_]\w*)[.\w]*[ \t]+import\b)/gm,
    option: "-c",
    test: (name) => `import ${name}`,
    reads: 'import ast, sys; ast.parse(open(sys.argv[1], "rb").read())',
    package: (name) => `python3-${name.toLowerCase().replaceAll("_", "-")}`,
    file: (name) => name,
  },
  perl: {
    aside: /^=\w[\s\S]*?^=cut$|^__(?:END|DATA)__$[\s\S]*/gm,
    names: /^(?:use|require)[ \t]+([A-Z]\w*(?:::\w+)*)(?=[ \t;(]|\r?$)/gm,
    option: "-e",
    test: (name) => `require ${name}`,
    reads: 'while (<<>>) { eval "$1; 1" or exit 1 if /^(use v?5[\\d._]*);/ }',
    package: (name) => `lib${name.toLowerCase().replaceAll("::", "-")}-perl`,
    file: (name) => name.replaceAll("::", "/"),
  },
  ruby: {
    aside: /^=begin\b[\s\S]*?^=end$|^__END__$[\s\S]*/gm,
    names: /^require[ \t(]+["']([\w/-]+)["']/gm,
    option: "-e",
    test: (name) => `require '${name}'`,
    reads: "RubyVM::InstructionSequence.compile_file(ARGV[0])",
    package: (name) => `ruby-${name.replaceAll("/", "-").replaceAll("_", "-")}`,
    file: (name) => name,
  },
};

export async function moduleChecks(
  scripts: readonly KitScript[],
  files: readonly string[],
  sourceOf: (path: string) => Promise<string>,
): Promise<View[]> {
  const stems = new Set(files.flatMap((path) => [path.replace(/\.\w+$/, ""), posix.dirname(path)]));
  const found = new Map<string, View>();
  for (const { path, language, program } of scripts) {
    if (language === null || language === "php" || program === null) continue;
    const { aside, names, option, test, package: packageWith, file } = languages[language];
    for (const [, whole, from] of (await sourceOf(path)).replace(aside, "").matchAll(names)) {
      const name = whole ?? from ?? "";
      const isOwn = [...stems].some((stem) => stem === file(name) || stem.endsWith(`/${file(name)}`));
      const key = `${program} ${name}`;
      if (isOwn || found.has(key)) continue;
      found.set(key, { module: name, path, program, option, code: test(name), install: packageWith(name) });
    }
  }
  return [...found.values()];
}

export const versionChecks = (scripts: readonly KitScript[]): View[] =>
  scripts.flatMap(({ path, language, program }) => {
    if (language === null || language === "php" || program === null) return [];
    const { option, reads } = languages[language];
    return [{ path, program, option, code: reads }];
  });
