// Client data in the scripts of Debian's packages, before a request: nothing is told, unless it is shown to be true.
// What the doctor says of requests to them: test/peers/programs.test.ts.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clientDataFlows } from "../../server/doctor/client-data/flows.js";
import { languageOf } from "../../server/doctor/fixes/language.js";
import { fromBytes } from "../../server/protocol/byte-string.js";

const folders = [
  ...["/usr/lib/cgi-bin", "/usr/lib/w3m/cgi-bin", "/usr/lib/git-core", "/usr/share/gitweb", "/usr/share/moosefs-cgi"],
  ...["/usr/share/doc/libcgi-pm-perl/examples", "/usr/share/doc/libcgi-session-perl/examples", "/usr/share/awstats"],
  ...["/usr/share/doc/mercurial-common/examples", "/usr/lib/swish-e", "/usr/share/adminer", "/usr/share/phpliteadmin"],
  ...["/usr/share/analog", "/usr/share/lightsquid", "/usr/share/perl5/CGI", "/usr/share/php", "/usr/lib/ruby"],
].filter(existsSync);
const longest = 300_000;

/** Findings that are right: the script's file, and why. */
const shown: Readonly<Record<string, string>> = {
  "/usr/lib/cgi-bin/lightsquid/day_detail.cgi":
    "opens “<$daypath/.total”, and the fields year, month and day make $daypath",
  "/usr/lib/cgi-bin/lightsquid/user_detail.cgi": "opens “<$reportpath/$year$month$day/.bigfiles” with the same fields",
};

test.skipIf(folders.length === 0)("scripts of packages have no finding that is not shown (needs some of them)", () => {
  const found = new Set<string>();
  let scripts = 0;
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const path = join(folder, name);
      const entry = statSync(path, { throwIfNoEntry: false });
      if (!entry?.isFile() || entry.size > longest) continue;
      const text = fromBytes(readFileSync(path));
      const language = languageOf(path, text);
      if (language === null) continue;
      scripts++;
      if (clientDataFlows(text, language).length > 0) found.add(path);
    }
  expect([...found].filter((path) => shown[path] === undefined)).toEqual([]);
  const before = Object.keys(shown).filter(existsSync);
  expect(before.filter((path) => !found.has(path))).toEqual([]);
  process.stdout.write(`${scripts} scripts in ${folders.length} folders, ${found.size} with a true finding\n`);
});
