// Joins the modules of an agent into its one file, in the order of its modules.txt. The modules share one
// namespace there: in Python the lines `from <module> import …` that name a sibling are left out, and all but the
// first comment at the top of a file stays.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./launch.mjs";

const folder = join(root, "server/agents");
const adapters = join(root, "server/runners/adapters");

/** The agent for that language, the name of a folder of agents in `from`. Lines end in LF, however git wrote them. */
export function joinAgent(language, from = folder) {
  const read = (name) => readFileSync(join(from, language, name), "utf8").replaceAll("\r\n", "\n");
  const names = read("modules.txt")
    .split("\n")
    .filter((name) => name !== "");
  const siblings = new Set(names.map((name) => name.replace(/\.\w+$/, "")));
  const isSibling = (line) => siblings.has(/^from (\w+) import /.exec(line)?.[1] ?? "");
  const without = (text) =>
    text
      .split("\n")
      .filter((line) => !isSibling(line))
      .join("\n");
  const joined = names
    .map((name) => without(read(name)).trim())
    .join("\n\n\n")
    .concat("\n");
  const twice = namesOfTwo(language, joined);
  if (twice.length > 0) throw new Error(`The ${language} agent defines twice, in two modules: ${twice.join(", ")}.`);
  return joined;
}

/** Each definition with its name: what stands beside the name tells whether two lines mean the same. */
const definitions = {
  perl: [/^(?<what>sub) (?<name>\w+)/gm],
  python: [
    /^(?<what>def|class) (?<name>\w+)/gm,
    /^(?<name>\w+) = (?<value>.*?)(?: {2}#.*)?$/gm,
    /^(?<value>(?:from \S+ )?import) (?<names>\w.*)$/gm,
  ],
};

/** The later of two definitions would silently replace the first one for every module. */
function namesOfTwo(language, text) {
  const meanings = new Map();
  let nth = 0;
  for (const { groups } of (definitions[language] ?? []).flatMap((one) => [...text.matchAll(one)])) {
    const meaning = groups.value ?? `${groups.what} ${nth++}`;
    for (const item of (groups.names ?? groups.name).split(", ")) {
      const [own, name = own] = item.split(" as ");
      const of = meanings.get(name) ?? new Set();
      meanings.set(name, of.add(groups.names === undefined ? meaning : `${meaning} ${own}`));
    }
  }
  return [...meanings].filter(([, of]) => of.size > 1).map(([name]) => name);
}

/** By the language, the name of a folder of agents. */
const extensions = { python: "py", perl: "pl", ruby: "rb" };

/** What steps through a script, by its language. Python finds it by this name. */
const debuggers = {
  python: "sitecustomize.py",
  perl: "debugger.pl",
  bash: "debugger.bash",
  ruby: "cgi_workbench_debugger.rb",
  node: "debugger.cjs",
  php: "uncaught.php",
};

/**
 * Writes every agent, and the adapters, into dist/agents. Whole at any moment, since
 * a worker process may be about to read it.
 */
export function writeAgents() {
  const built = join(root, "dist/agents");
  mkdirSync(join(built, "debug"), { recursive: true });
  const write = (name, text) => {
    const file = join(built, name);
    writeFileSync(`${file}.${process.pid}`, text, { mode: 0o755 });
    renameSync(`${file}.${process.pid}`, file);
  };
  for (const [language, extension] of Object.entries(extensions))
    write(`cgi-workbench-agent.${extension}`, joinAgent(language));
  for (const [language, name] of Object.entries(debuggers))
    write(`debug/${name}`, joinAgent(language, join(folder, "debug")));
  for (const name of readdirSync(adapters)) copyFileSync(join(adapters, name), join(built, name));
}
