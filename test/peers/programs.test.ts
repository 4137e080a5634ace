// Programs of Debian's packages, unchanged, behind real Apache and behind us, as far as they are installed: as
// CGI, as FastCGI applications (mod_fcgid, mod_proxy_fcgi) and in php-cgi. The same status, type, place and
// body for the same requests, unless the list of known differences says who is right; and no finding above a
// hint on an ordinary response. Prints a table.
import { chmodSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../server/contract/trace.js";
import { hasApache, startApache } from "../support/apache.js";
import { fcgiwrap, RunningProgram } from "../support/fastcgi-programs.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { isSame, linesWithout, onOneDay, type Reply, reply } from "../support/program-replies.js";
import {
  apacheLines,
  cgiRoutes,
  isInstalled,
  type KnownDifference,
  knownDifferences,
  type ProgramSet,
  pathOf,
  programSets,
  routesTo,
} from "../support/program-sets.js";
import { comparedPackages } from "../support/run/compared-packages.mjs";

interface Compared {
  readonly name: string;
  readonly asked: string;
  readonly ours: Reply;
  readonly apache: Reply;
  readonly findings: readonly Finding[];
  readonly known: KnownDifference | null;
}
const installed = programSets.filter(isInstalled);
const missing = programSets.filter((set) => !isInstalled(set)).map(({ name }) => name);
/** Several programs of one package are one. */
const packagesOf = (sets: readonly ProgramSet[]): number => new Set(sets.map(({ packages }) => packages)).size;
const compared: Compared[] = [];
let gateway: TestGateway;

describe.skipIf(!hasApache)(
  hasApache ? `${installed.length} programs of ${packagesOf(installed)} packages` : "needs apache2",
  () => {
    beforeAll(async () => {
      await using wrapper = await startWrapper();
      gateway = await startGateway({
        config: {
          mail: "real", // else a program that names sendmail by its path is not started
          routes: routesTo(installed),
          handlers: {
            ".tpl": { action: "/programs/parser3" },
            ...(wrapper && { ".wrapped": { address: wrapper.address } }),
          },
        },
      });
      for (const { prepare } of installed) prepare?.(gateway.folder);
      await using apache = await startApache(
        gateway.folder.path,
        cgiRoutes(installed),
        {},
        { modules: ["actions", "fcgid", "proxy", "proxy_fcgi", "rewrite"], lines: linesFor(wrapper) },
      );
      const ports = [gateway.port, apache.port];
      let count = 0;
      for (const set of installed)
        for (const bytes of set.requests) {
          const wire = bytes.replaceAll("{path}", pathOf(set));
          const replies = await onOneDay(async () => {
            count++;
            return {
              ours: await reply(gateway.port, wire, set, ports),
              apache: await reply(apache.port, wire, set, ports),
            };
          });
          compared.push({
            name: set.name,
            asked: wire.slice(0, wire.indexOf(" HTTP")),
            ...replies,
            findings: (await gateway.ended(count)).at(-1)?.findings ?? [],
            known: knownDifferences.find(({ name, asked }) => name === set.name && asked.test(wire)) ?? null,
          });
        }
    }, 600_000);
    afterAll(async () => {
      await gateway[Symbol.asyncDispose]();
      process.stdout.write(`\n${tableOf(installed)}\nnot installed: ${missing.join(", ") || "none"}\n`);
    });

    test.each(installed)("$name responds as behind Apache, known differences aside", ({ name }) => {
      const others = compared.filter((one) => one.name === name && one.known === null && !isSame(one));
      expect(
        others.map(({ asked, ours, apache }) => ({
          asked,
          ours: linesWithout(ours, apache),
          apache: linesWithout(apache, ours),
        })),
      ).toEqual([]);
    });

    test.each(installed)("$name: nothing above a hint", ({ name, loud = [] }) => {
      const findings = compared.filter((one) => one.name === name).flatMap((one) => one.findings);
      const told = findings.filter(({ severity, rule }) => severity !== "hint" && !loud.includes(rule));
      expect(told.map(({ rule, title, detail }) => [rule, title, detail])).toEqual([]);
    });

    test("each known difference is still one", () => {
      const gone = knownDifferences.filter(
        (known) =>
          compared.some((one) => one.known === known) && compared.every((one) => one.known !== known || isSame(one)),
      );
      expect(gone).toEqual([]);
    });
  },
);

test("the list has at least 40 sets, whose packages CI installs", () => {
  expect(packagesOf(programSets)).toBeGreaterThanOrEqual(40);
  const needed = programSets.flatMap(({ packages }) => packages.split(" "));
  expect(needed.filter((name) => !comparedPackages.includes(name))).toEqual([]);
});

/** fcgiwrap for both servers, one of which is another user. Null: it is not installed. */
async function startWrapper(): Promise<RunningProgram | null> {
  if (!installed.some(({ file }) => file.endsWith(".wrapped"))) return null;
  const running = await RunningProgram.start(fcgiwrap(2));
  const socket = running.address.slice("unix:".length);
  chmodSync(dirname(socket), 0o755);
  chmodSync(socket, 0o777);
  return running;
}

const linesFor = (wrapper: RunningProgram | null): string[] => [
  ...["Action template /programs/parser3", "<FilesMatch \\.tpl$>", "SetHandler template", "</FilesMatch>"],
  ...(wrapper === null
    ? []
    : [
        "ProxyFCGIBackendType GENERIC",
        "<FilesMatch \\.wrapped$>",
        `SetHandler "proxy:${wrapper.address}|fcgi://localhost"`,
        "</FilesMatch>",
      ]),
  ...(installed.some(({ way }) => way === "fastcgi")
    ? ["<FilesMatch \\.fcgi$>", "SetHandler fcgid-script", "</FilesMatch>"]
    : []),
  ...(installed.some(({ way }) => way === "php")
    ? ["FcgidWrapper /usr/bin/php-cgi .php", "<FilesMatch \\.php$>", "SetHandler fcgid-script", "</FilesMatch>"]
    : []),
  "DirectoryIndex index.html index.php",
  ...apacheLines(installed),
];

function tableOf(sets: readonly ProgramSet[]): string {
  return sets
    .map(({ name }) => {
      const rows = compared.filter((one) => one.name === name);
      const known = new Set(rows.flatMap(({ known }) => (known === null ? [] : [`${known.right}: ${known.why}`])));
      return `${name.padEnd(20)} ${rows.filter(isSame).length}/${rows.length} the same (${[...new Set(rows.map(({ ours }) => ours.status))].join(", ")})${[...known].map((why) => `; ${why}`).join("")}`;
    })
    .join("\n");
}
