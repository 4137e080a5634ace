// Which modules of its language a script loads whenever it runs, each with the words that say whether it is there and
// the package that has it.
import { posix } from "node:path";
import type { AgentLanguage } from "../../contract/modes.js";
import type { KitScript } from "./sorted-files.js";
import type { View } from "./template.js";

interface Loading {
  /** What is not code, or is loaded only if it is there. */
  readonly aside: RegExp;
  readonly names: RegExp;
  /** The words behind the program. */
  readonly test: (name: string) => readonly [option: string, code: string];
  readonly package: (name: string) => string;
  /** The file of a module that lies beside the script. */
  readonly file: (name: string) => string;
}

const languages: Readonly<Record<AgentLanguage, Loading>> = {
  python: {
    aside: /("""|''')[\s\S]*?\1|^([ \t]*)try:[^\n]*\n(?:\2[ \t]+[^\n]*\n|[ \t]*\n)*/gm,
    names:
      /^[ \t]*(?:import[ \t]+([A-Za-z_]\w*)(?=[ \t]*(?:[.,;#]|as\b|\r?$))|from[ \t]+([A-Za-z_]\w*)[.\w]*[ \t]+import\b)/gm,
    test: (name) => ["-c", `import ${name}`],
    package: (name) => `python3-${name.toLowerCase().replaceAll("_", "-")}`,
    file: (name) => name,
  },
  perl: {
    aside: /^=\w[\s\S]*?^=cut$|^__(?:END|DATA)__$[\s\S]*/gm,
    names: /^(?:use|require)[ \t]+([A-Z]\w*(?:::\w+)*)(?=[ \t;(]|\r?$)/gm,
    test: (name) => ["-e", `require ${name}`],
    package: (name) => `lib${name.toLowerCase().replaceAll("::", "-")}-perl`,
    file: (name) => name.replaceAll("::", "/"),
  },
  ruby: {
    aside: /^=begin\b[\s\S]*?^=end$|^__END__$[\s\S]*/gm,
    names: /^require[ \t(]+["']([\w/-]+)["']/gm,
    test: (name) => ["-e", `require '${name}'`],
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
    const { aside, names, test, package: packageOf, file } = languages[language];
    for (const [, whole, from] of (await sourceOf(path)).replace(aside, "").matchAll(names)) {
      const name = whole ?? from ?? "";
      const isOwn = [...stems].some((stem) => stem === file(name) || stem.endsWith(`/${file(name)}`));
      const key = `${program} ${name}`;
      if (isOwn || found.has(key)) continue;
      const [option, code] = test(name);
      found.set(key, { module: name, path, program, option, code, install: packageOf(name) });
    }
  }
  return [...found.values()];
}
