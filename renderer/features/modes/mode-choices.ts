// The ways in which a script may be run here, with what each of them means for it.
import type { Mode } from "../../../server/contract/trace.js";
import type { FileEntry } from "../../../server/contract/workspace.js";

export interface ModeChoice {
  readonly mode: Mode;
  readonly title: string;
  /** What it means, and what the script has to be for it. */
  readonly what: string;
}

const cgi: ModeChoice = { mode: "cgi", title: "CGI", what: "a new process for each request" };
const fastcgi: ModeChoice = { mode: "fastcgi", title: "FastCGI", what: "kept running; the script must speak FastCGI" };
const phpCgi: ModeChoice = { mode: "php-cgi", title: "php-cgi", what: "PHP’s own FastCGI program, kept running" };

/** Empty for what is not run here: a static file, or an application at an address. */
export function modeChoices({ path, mode }: Pick<FileEntry, "path" | "mode">): readonly ModeChoice[] {
  if (mode === null || mode === "fastcgi-external") return [];
  return /\.php$/i.test(path) || mode === "php-cgi" ? [phpCgi, cgi] : [cgi, fastcgi];
}
