// The languages of the examples and templates: the program that runs each, and how to install it.
import type { Language, LanguageId } from "../contract/samples-contract.js";
import {
  askForProgram,
  askForVersion,
  type Circumstances,
  isShim,
} from "../workspace/interpreters/interpreter-questions.js";
import { findProgram } from "../workspace/interpreters/interpreters.js";

type PackageManager = "apt-get" | "dnf" | "pacman" | "brew";

export interface LanguageFacts {
  readonly id: LanguageId;
  readonly title: string;
  /** A name for PATH. */
  readonly program: string;
  /** Extension of a new script; the template is `hello<extension>`. */
  readonly extension: string;
  readonly packages: Readonly<Record<PackageManager, string>>;
  readonly address: string;
}

export const languages: readonly LanguageFacts[] = [
  {
    id: "python",
    title: "Python",
    program: "python3",
    extension: ".py",
    packages: { "apt-get": "python3", dnf: "python3", pacman: "python", brew: "python" },
    address: "https://www.python.org/downloads/",
  },
  {
    id: "perl",
    title: "Perl",
    program: "perl",
    extension: ".pl",
    packages: { "apt-get": "perl", dnf: "perl", pacman: "perl", brew: "perl" },
    address: "https://www.perl.org/get.html",
  },
  {
    id: "shell",
    title: "Shell",
    program: "sh",
    extension: ".sh",
    packages: { "apt-get": "dash", dnf: "bash", pacman: "bash", brew: "dash" },
    address: "https://www.gnu.org/software/bash/",
  },
  {
    id: "php",
    title: "PHP",
    program: "php-cgi",
    extension: ".php",
    packages: { "apt-get": "php-cgi", dnf: "php-cli", pacman: "php-cgi", brew: "php" },
    address: "https://www.php.net/downloads",
  },
  {
    id: "ruby",
    title: "Ruby",
    program: "ruby",
    extension: ".rb",
    packages: { "apt-get": "ruby", dnf: "ruby", pacman: "ruby", brew: "ruby" },
    address: "https://www.ruby-lang.org/en/downloads/",
  },
  {
    id: "node",
    title: "Node",
    program: "node",
    extension: ".mjs",
    packages: { "apt-get": "nodejs", dnf: "nodejs", pacman: "nodejs", brew: "node" },
    address: "https://nodejs.org/en/download",
  },
  {
    id: "lua",
    title: "Lua",
    program: "lua",
    extension: ".lua",
    packages: { "apt-get": "lua5.4", dnf: "lua", pacman: "lua", brew: "lua" },
    address: "https://www.lua.org/download.html",
  },
  {
    id: "tcl",
    title: "Tcl",
    program: "tclsh",
    extension: ".tcl",
    packages: { "apt-get": "tcl", dnf: "tcl", pacman: "tcl", brew: "tcl-tk" },
    address: "https://www.tcl-lang.org/software/tcltk/",
  },
  {
    id: "c",
    title: "C",
    program: "cc",
    extension: ".c",
    packages: { "apt-get": "gcc libc6-dev", dnf: "gcc", pacman: "gcc", brew: "gcc" },
    address: "https://gcc.gnu.org/install/",
  },
];

const installing: Readonly<Record<PackageManager, string>> = {
  "apt-get": "sudo apt-get install",
  dnf: "sudo dnf install",
  pacman: "sudo pacman -S",
  brew: "brew install",
};
const managers: readonly PackageManager[] = ["apt-get", "dnf", "pacman", "brew"];

/** The path and version of a language's program; both null if it is missing. */
export type FoundLanguage = Pick<Language, "path" | "version">;

/** Searches along PATH. `known` caches results by path. */
export async function findLanguage(
  { program }: LanguageFacts,
  known: Map<string, FoundLanguage>,
  circumstances: Circumstances,
): Promise<FoundLanguage> {
  const found = findProgram(program, circumstances.environment["PATH"] ?? "");
  if (found === null) return { path: null, version: null };
  const before = known.get(found);
  if (before) return before;
  // A version manager's shim exists even if the interpreter behind it does not.
  const path = isShim(found) ? ((await askForProgram(program, found, circumstances)) ?? found) : found;
  const answer = { path, version: await askForVersion(program, path, circumstances) };
  known.set(found, answer);
  return answer;
}

/** How to install a language on this machine. */
export function howToGet({ packages, address }: LanguageFacts, searchPath: string): Language["get"] {
  const manager = managerFor(searchPath);
  return { command: manager === undefined ? null : `${installing[manager]} ${packages[manager]}`, address };
}

const managerFor = (searchPath: string): PackageManager | undefined =>
  managers.find((name) => findProgram(name, searchPath) !== null);

/** To be followed by the name of a package; null: no package manager is known. */
export function installCommand(searchPath: string): string | null {
  const manager = managerFor(searchPath);
  return manager === undefined ? null : installing[manager];
}
