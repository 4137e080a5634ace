// Packaged CGI programs, unchanged, behind a real Apache and behind the configuration that is adopted from its file.
// Each request gets the same status, type, place and body from both, but for the differences that are listed with
// their reason, and those are at most 2 %.
import { expect, test } from "vitest";
import { adopt } from "../../server/adopt/adopt.js";
import { hasApache, startApache } from "../support/apache.js";
import { startGateway } from "../support/gateway.js";
import { isSame, linesWithout, onOneDay, reply } from "../support/program-replies.js";
import { cgiRoutes, isInstalled, knownDifferences, pathOf, programSets } from "../support/program-sets.js";
import { tempFolder } from "../support/temp-workspace.js";

/** The templates of parser3 are run by a handler and no program of their own. */
const sets = programSets.filter(
  (set) => set.way === "cgi" && set.name !== "parser3" && !set.configured && isInstalled(set),
);
const packages = new Set(sets.map((set) => set.packages)).size;

const ask = (method: string, rest: string, ...headers: string[]): string =>
  [`${method} {path}${rest} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n");
/** Any program can be asked so, after its own requests. */
const further = [
  ask("GET", "?a=b%20c"),
  ask("GET", "?a=%C3%A4%2F"),
  ask("GET", "/x%20y/z"),
  ask("HEAD", "?a=1"),
  ask("GET", "?a=1", "Cookie: b=1; c=2"),
  ask("GET", "", "Accept-Language: de", "User-Agent: Test/1.0"),
];

test.skipIf(!hasApache || packages < 25)(
  `${sets.length} programs of ${packages} packages answer as behind the Apache whose file was adopted (needs 25 packages)`,
  { timeout: 1_200_000 },
  async () => {
    using folder = tempFolder();
    folder.makeFolder("cgi-bin");
    for (const { prepare } of sets) prepare?.(folder);
    await using apache = await startApache(folder.path, cgiRoutes(sets), {});
    const { configuration } = await adopt(apache.configuration, { host: null, folders: [] });
    await using gateway = await startGateway({ config: { ...configuration, mail: "real" } });
    const ports = [gateway.port, apache.port];
    let count = 0;
    let answered = 0;
    const other: object[] = [];
    const listed: string[] = [];
    for (const set of sets)
      for (const bytes of [...set.requests, ...further]) {
        const wire = bytes.replaceAll("{path}", pathOf(set));
        count++;
        const replies = await onOneDay(async () => ({
          ours: await reply(gateway.port, wire, set, ports),
          apache: await reply(apache.port, wire, set, ports),
        }));
        if (replies.apache.status < 400) answered++;
        if (isSame(replies)) continue;
        const known = knownDifferences.find(({ name, asked }) => name === set.name && asked.test(wire));
        const { ours, apache: theirs } = replies;
        if (known) listed.push(`${set.name}: ${known.why}`);
        else
          other.push({
            asked: wire.split(" HTTP")[0],
            ours: linesWithout(ours, theirs),
            theirs: linesWithout(theirs, ours),
          });
      }
    const different = other.length + listed.length;
    process.stdout.write(`${count - different} of ${count} alike, ${answered} of them no error\n`);
    process.stdout.write(listed.map((why) => `${why}\n`).join(""));
    expect(other).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(600);
    expect(answered / count).toBeGreaterThan(0.75);
    expect((count - different) / count).toBeGreaterThanOrEqual(0.98);
  },
);
