// The text of a file that makes an application of a CGI script, or a CGI script of an application.
import { readFile } from "node:fs/promises";
import { type AdapterName, adapterFile } from "../../base/built-files.js";
import type { AgentLanguage } from "../../contract/modes.js";

interface Adapters {
  /** Of a script, as an application. */
  readonly application: AdapterName;
  /** Of an application, as a script. */
  readonly cgi: AdapterName;
  /** What stands for the path in both, and the path in its place. */
  readonly path: readonly [placeholder: string, literal: (path: string) => string];
}

const adapters: Readonly<Record<AgentLanguage, Adapters>> = {
  python: { application: "cgi-as-wsgi.py", cgi: "wsgi-as-cgi.py", path: ['"legacy.py"', JSON.stringify] },
  perl: {
    application: "cgi-as-psgi.pl",
    cgi: "psgi-as-cgi.pl",
    path: ["'legacy.pl'", (path) => `'${path.replace(/[\\']/g, "\\$&")}'`],
  },
  ruby: {
    application: "cgi-as-rack.rb",
    cgi: "rack-as-cgi.rb",
    path: ['"legacy.rb"', (path) => JSON.stringify(path).replaceAll("#", "\\#")],
  },
};

/** `path`: of the wrapped file, from the folder of the wrapper. */
export async function wrappedText(language: AgentLanguage, as: "application" | "cgi", path: string): Promise<string> {
  const [placeholder, literal] = adapters[language].path;
  const template = await readFile(adapterFile(adapters[language][as]), "utf8");
  return template.replace(placeholder, () => literal(path));
}
