// The corpora of unmodified scripts, one a language, and what of them an agent
// cannot give as CGI does, with the reason.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../repository.js";
import { program } from "../temp-workspace.js";
import type { AgentLanguage, AgentMode } from "./agent-process.js";

type Differs = Readonly<Record<AgentMode, Readonly<Record<string, string>>>>;

const python: Differs = {
  prefork: {
    "builtins_broken.py": "Python's own end fails, and its message names what failed otherwise",
    "stack_depth.py": "the frames of the agent lie below the script's",
  },
  persistent: {
    "builtins_broken.py": "Python's own end fails, and its message names what failed otherwise",
    "fork_left.py": "output of a process that outlives the script has no request to go to",
    "modstate.py": "attributes of the library's modules stay as the script left them",
    "stack_depth.py": "the frames of the agent lie below the script's",
  },
};
const perl: Differs = {
  prefork: { "begin_exit.pl": "BEGIN blocks run before there is a request" },
  persistent: {
    "begin_exit.pl": "BEGIN blocks run before there is a request",
    "cycle.pl": "objects that refer to themselves are destroyed when the process ends",
    "evals.pl": "perl numbers the strings that a process evaluates",
  },
};
const rubyBinding = "the script's local variables belong to its compiled code";
const ruby: Differs = {
  prefork: { "toplevel_binding.rb": rubyBinding },
  persistent: {
    "monkey.rb": "a method that a script adds to a library's class stays",
    "toplevel_binding.rb": rubyBinding,
  },
};

const needs = { python: "python3", perl: "perl", ruby: "ruby" } as const;
const hasCgi = spawnSync("perl", ["-MCGI", "-e", "1"]).status === 0;

export interface Corpus {
  readonly language: AgentLanguage;
  readonly needs: string;
  readonly differs: Differs;
  /** Names; files without a first line for the interpreter are what scripts load. */
  readonly scripts: readonly string[];
  path(name: string): string;
  read(name: string): string;
  /** Null: it can run here; else what it needs. */
  missing(name: string): string | null;
}

function corpus(language: AgentLanguage, differs: Differs): Corpus {
  const folder = join(repositoryRoot, "test/fixtures/agents", language);
  const path = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(path(name), "utf8");
  return {
    ...{ language, differs, needs: needs[language], path, read },
    scripts: readdirSync(folder).filter((name) => /\.(?:py|pl|rb)$/.test(name) && read(name).startsWith("#!")),
    missing: (name) => {
      if (program(needs[language]) === null) return needs[language];
      return !hasCgi && /\buse CGI\b/.test(read(name)) ? "CGI.pm" : null;
    },
  };
}

export const corpora = {
  python: corpus("python", python),
  perl: corpus("perl", perl),
  ruby: corpus("ruby", ruby),
} as const;

/** As the system starts it: what follows the interpreter on the first line is one argument. */
export function interpreterOf({ needs }: Pick<Corpus, "needs">, source: string): string[] {
  const [, switches] = /^#!\S*perl (\S.*)$/.exec(source.split("\n")[0] ?? "") ?? [];
  return switches === undefined ? [needs] : [needs, switches];
}
