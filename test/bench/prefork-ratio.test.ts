// Prefork without any setting, beside CGI: the modules that a Python script imports are loaded once. Rounds alternate,
// and the best of each counts, since other programs on the machine make a round slower and none faster.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { benchReport } from "../../server/contract/command-output.js";
import { commandLine } from "../support/command-line.js";
import { tempFolder } from "../support/temp-workspace.js";

const least = 15;
const script = `#!/usr/bin/python3
import asyncio, csv, datetime, decimal, email.message, http.client, json, logging, sqlite3, ssl, urllib.request, xml.dom.minidom
print("Content-Type: text/plain\\n\\nhello")
`;

test.skipIf(!existsSync("/usr/bin/python3"))(
  `a dozen imports: at least ${least} times as many requests as CGI (needs /usr/bin/python3)`,
  async () => {
    using folder = tempFolder();
    folder.makeFolder("cgi-bin");
    folder.write("cgi-bin/a.py", script);
    folder.makeExecutable("cgi-bin/a.py");
    const { stdout, stderr } = await commandLine([
      ...["bench", folder.path, "/cgi-bin/a.py", "--modes", "cgi,prefork"],
      ...["--seconds", "2", "--rounds", "3", "--json"],
    ]);
    expect(stdout.toString(), stderr).not.toBe("");
    const { modes } = benchReport.parse(JSON.parse(stdout.toString()));
    expect(modes.map(({ mode, errors }) => [mode, errors])).toEqual([
      ["cgi", 0],
      ["prefork", 0],
    ]);
    const [cgi = Number.NaN, prefork = Number.NaN] = modes.map(({ rounds }) => Math.max(...rounds));
    console.log(`prefork: ${(prefork / cgi).toFixed(1)} times CGI`);
    expect(prefork / cgi).toBeGreaterThan(least);
  },
);
