// One unmodified script in each mode that can run it, by the traced server: what prefork and persistent save of a start.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cgiContenders } from "./cgi-contenders.mjs";

const modes = ["cgi", "prefork", "persistent"];

/** As old scripts are: most of their time goes into the start of the interpreter and into imports. */
const pythonModules =
  "csv, datetime, decimal, email.message, hashlib, html, http.cookies, json, logging, os, sqlite3, subprocess, tempfile, urllib.parse, uuid, xml.etree.ElementTree";
const scripts = {
  "python-imports": {
    extension: "py",
    preload: pythonModules.split(", "),
    text: `#!/usr/bin/python3
import ${pythonModules}
fields = urllib.parse.parse_qs(os.environ.get("QUERY_STRING", ""))
print("Content-Type: text/plain\\n\\nhello", html.escape(json.dumps(fields)))
`,
  },
  "perl-cgi.pm": {
    extension: "pl",
    preload: ["HTML::Entities"], // the script loads CGI when it is compiled, and CGI this one when it escapes
    text: `#!/usr/bin/perl
use strict; use warnings; use CGI;
my $q = CGI->new;
print $q->header("text/plain"), "hello ", $q->escapeHTML($q->param("name") // ""), "\\n";
`,
  },
};
export const modeScripts = Object.keys(scripts);

const fileOf = (script, mode) => `cgi-bin/${script}-${mode}.${scripts[script].extension}`;

/** Writes each script once for each mode, and the configuration. */
export function writeModeScripts(folder) {
  const configured = {};
  mkdirSync(join(folder, "cgi-bin"));
  for (const script of modeScripts)
    for (const mode of modes) {
      const file = fileOf(script, mode);
      writeFileSync(join(folder, file), scripts[script].text);
      chmodSync(join(folder, file), 0o755);
      configured[file] = { mode, workers: 1, preload: mode === "prefork" ? scripts[script].preload : [] };
    }
  writeFileSync(join(folder, "cgi-workbench.json"), JSON.stringify({ scripts: configured }));
}

export const modeContenders = (script) =>
  Object.fromEntries(
    modes.map((mode) => [mode, { start: cgiContenders.traced.start, target: `/${fileOf(script, mode)}` }]),
  );
