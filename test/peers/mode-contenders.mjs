// One unmodified script in each mode that can run it, by the traced server: what prefork and persistent save of a
// start. Beside it the application that somebody would write in its stead, with the same modules, in wsgi or psgi.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cgiContenders } from "./cgi-contenders.mjs";

const scriptModes = ["cgi", "prefork", "persistent"];

/** As old scripts are: most of their time goes into the start of the interpreter and into imports. */
const pythonModules =
  "csv, datetime, decimal, email.message, hashlib, html, http.cookies, json, logging, os, sqlite3, subprocess, tempfile, urllib.parse, uuid, xml.etree.ElementTree";
const scripts = {
  "python-imports": {
    extension: "py",
    text: `#!/usr/bin/python3
import ${pythonModules}
fields = urllib.parse.parse_qs(os.environ.get("QUERY_STRING", ""))
print("Content-Type: text/plain\\n\\nhello", html.escape(json.dumps(fields)))
`,
    application: {
      mode: "wsgi",
      text: `import ${pythonModules}
def application(environ, start_response):
    fields = urllib.parse.parse_qs(environ.get("QUERY_STRING", ""))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("hello " + html.escape(json.dumps(fields)) + "\\n").encode()]
`,
    },
  },
  "perl-cgi.pm": {
    extension: "pl",
    preload: ["HTML::Entities"], // the script loads CGI when it is compiled, and CGI this one when it escapes
    text: `#!/usr/bin/perl
use strict; use warnings; use CGI;
my $q = CGI->new;
print $q->header("text/plain"), "hello ", $q->escapeHTML($q->param("name") // ""), "\\n";
`,
    application: {
      mode: "psgi",
      text: `use strict; use warnings; use CGI;
sub {
    my $q = CGI->new($_[0]{QUERY_STRING});
    return [200, ['Content-Type' => 'text/plain'], ["hello ", $q->escapeHTML($q->param("name") // ""), "\\n"]];
};
`,
    },
  },
  "ruby-cgi": {
    extension: "rb",
    preload: ["cgi", "json", "time"],
    text: `#!/usr/bin/ruby
require "cgi"; require "json"; require "time"
cgi = CGI.new
print cgi.http_header("text/plain"), "hello ", CGI.escapeHTML(JSON.generate(cgi.params)), "\\n"
`,
  },
};
export const modeScripts = Object.keys(scripts);

const fileOf = (script, mode) => `cgi-bin/${script}-${mode}.${scripts[script].extension}`;
const modesOf = ({ application }) => [...scriptModes, ...(application ? [application.mode] : [])];

/** Writes each script once for each mode, and the configuration. */
export function writeModeScripts(folder) {
  const configured = {};
  mkdirSync(join(folder, "cgi-bin"));
  for (const script of modeScripts)
    for (const mode of modesOf(scripts[script])) {
      const { application, preload, text } = scripts[script];
      const file = fileOf(script, mode);
      writeFileSync(join(folder, file), application?.mode === mode ? application.text : text);
      chmodSync(join(folder, file), 0o755);
      configured[file] = { mode, workers: 1, preload: mode === "prefork" ? preload : undefined };
    }
  writeFileSync(join(folder, "cgi-workbench.json"), JSON.stringify({ scripts: configured }));
}

export const modeContenders = (script) =>
  Object.fromEntries(
    modesOf(scripts[script]).map((mode) => [
      mode,
      { start: cgiContenders.traced.start, target: `/${fileOf(script, mode)}` },
    ]),
  );
