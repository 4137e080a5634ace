// Which modules of its language a script loads, each with the command that says whether it is there and the one that
// installs it.
import { posix } from "node:path";
import type { AgentLanguage } from "../../contract/modes.js";
import type { KitScript } from "./plan.js";
import type { View } from "./template.js";

interface Loading {
  readonly names: RegExp;
  readonly test: (name: string, program: string) => string;
  readonly package: (name: string) => string;
  /** The file of a module that lies beside the script. */
  readonly file: (name: string) => string;
}

const languages: Readonly<Record<AgentLanguage, Loading>> = {
  python: {
    names: /^[ \t]*(?:import|from)[ \t]+([A-Za-z_]\w*)/gm,
    test: (name, program) => `${program} -c "import ${name}"`,
    package: (name) => `python3-${name.toLowerCase().replaceAll("_", "-")}`,
    file: (name) => name,
  },
  perl: {
    names: /^[ \t]*(?:use|require)[ \t]+([A-Z]\w*(?:::\w+)*)/gm,
    test: (name, program) => `${program} -e "require ${name}"`,
    package: (name) => `lib${name.toLowerCase().replaceAll("::", "-")}-perl`,
    file: (name) => name.replaceAll("::", "/"),
  },
  ruby: {
    names: /^[ \t]*require[ \t(]+["']([\w/-]+)["']/gm,
    test: (name, program) => `${program} -e "require '${name}'"`,
    package: (name) => `ruby-${name.replaceAll("/", "-")}`,
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
    if (language === null || language === "php") continue;
    const { names, test, package: packageOf, file } = languages[language];
    const words = program?.split(" ") ?? [];
    const start = /(^|\/)env$/.test(words[0] ?? "") ? words.at(-1) : words[0];
    for (const [, name = ""] of (await sourceOf(path)).matchAll(names)) {
      const isOwn = [...stems].some((stem) => stem === file(name) || stem.endsWith(`/${file(name)}`));
      if (isOwn || found.has(`${language} ${name}`)) continue;
      found.set(`${language} ${name}`, {
        module: name,
        path,
        start: start ?? language,
        command: test(name, start ?? language),
        install: packageOf(name),
      });
    }
  }
  return [...found.values()];
}
