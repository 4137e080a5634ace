// Prefork without any setting, beside CGI: the modules that a Python script imports at its top are loaded once. Django
// imports more at each request, whose code and regular expressions stay compiled. Its ratio follows what the machine
// takes for a fork and the pages that it copies: 12 to 16 were measured, and the bound leaves room for a slower fork.
// Rounds alternate, and the best of each counts, since other programs make a round slower and none faster.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { benchReport } from "../../server/contract/command-output.js";
import { commandLine } from "../support/command-line.js";
import { frameworkSites } from "../support/framework-sites.js";
import { tempFolder } from "../support/temp-workspace.js";

const dozen = `#!/usr/bin/python3
import asyncio, csv, datetime, decimal, email.message, http.client, json, logging, sqlite3, ssl, urllib.request, xml.dom.minidom
print("Content-Type: text/plain\\n\\nhello")
`;
const django = frameworkSites.find(({ name }) => name === "Django");
const hasPython = existsSync("/usr/bin/python3");

test.for([
  { what: "a dozen imports", least: 15, script: dozen, needs: "/usr/bin/python3", isThere: hasPython },
  {
    what: "a site of Django",
    least: 8,
    script: django?.script ?? "",
    needs: "Django",
    isThere: django?.isThere === true,
  },
])(
  "$what: at least $least times as many requests as CGI (needs $needs)",
  async ({ what, least, script, isThere }, { skip }) => {
    if (!isThere) skip();
    using folder = tempFolder();
    folder.makeFolder("cgi-bin");
    folder.write("cgi-bin/a.py", script);
    folder.makeExecutable("cgi-bin/a.py");
    const { stdout, stderr } = await commandLine([
      ...["bench", folder.path, "/cgi-bin/a.py/a/b", "--modes", "cgi,prefork"],
      ...["--seconds", "2", "--rounds", "3", "--json"],
    ]);
    expect(stdout.toString(), stderr).not.toBe("");
    const { modes } = benchReport.parse(JSON.parse(stdout.toString()));
    expect(modes.map(({ mode, errors }) => [mode, errors])).toEqual([
      ["cgi", 0],
      ["prefork", 0],
    ]);
    const [cgi = Number.NaN, prefork = Number.NaN] = modes.map(({ rounds }) => Math.max(...rounds));
    console.log(`${what}: prefork ${(prefork / cgi).toFixed(1)} times CGI`);
    expect(prefork / cgi).toBeGreaterThan(least);
  },
);
