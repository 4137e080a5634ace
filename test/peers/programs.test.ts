// Programs of Debian's packages, unchanged, behind real Apache and behind us, as far as they are installed: the same status, type,
// place and body for the same requests, unless the list of known differences says who is right; and no finding above a hint on an
// ordinary response. Prints a table.
import { chmodSync, existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../server/contract/trace.js";
import { hasApache, startApache } from "../support/apache.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { type KnownDifference, knownDifferences, type ProgramSet, programSets } from "../support/program-sets.js";
import { parseResponse, rawExchange } from "../support/raw-exchange.js";

interface Compared {
  readonly name: string;
  readonly asked: string;
  readonly ours: Reply;
  readonly apache: Reply;
  readonly findings: readonly Finding[];
  readonly known: KnownDifference | null;
}
interface Reply {
  readonly status: number;
  readonly type: string;
  readonly location: string;
  readonly body: string;
}

const installed = programSets.filter(({ file }) => existsSync(file));
const missing = programSets.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
const compared: Compared[] = [];
let gateway: TestGateway;

describe.skipIf(!hasApache)(hasApache ? `${installed.length} sets` : "needs apache2", () => {
  beforeAll(async () => {
    const routes = installed.map(({ name, file }) => ({ path: pathOf(name), file }));
    gateway = await startGateway({ config: { routes, handlers: { ".tpl": { action: "/programs/parser3" } } } });
    addPages(gateway);
    await using apache = await startApache(
      gateway.folder.path,
      routes,
      {},
      {
        modules: ["actions"],
        lines: ["Action template /programs/parser3", "<FilesMatch \\.tpl$>", "SetHandler template", "</FilesMatch>"],
      },
    );
    for (const set of installed)
      for (const bytes of set.requests) {
        const wire = bytes.replaceAll("{path}", pathOf(set.name));
        const ours = await reply(gateway.port, wire);
        compared.push({
          name: set.name,
          asked: wire.slice(0, wire.indexOf(" HTTP")),
          ours,
          apache: await reply(apache.port, wire),
          findings: (await gateway.ended(compared.length + 1)).at(-1)?.findings ?? [],
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
    expect(others.map(({ asked, ours, apache }) => ({ asked, ours, apache }))).toEqual([]);
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
});

const pathOf = (name: string): string => `/programs/${name}`;

/** What the programs read: a template, and scripts whose first line names an installed program. */
function addPages({ folder }: TestGateway): void {
  folder.write("page.tpl", "@main[]\nsum ^eval(1+1), $env:REQUEST_METHOD, $form:a\n");
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/page.haserl", "#!/usr/bin/haserl\nContent-Type: text/plain\n\n<% echo $FORM_a %>\n");
  chmodSync(folder.file("cgi-bin/page.haserl"), 0o755);
}

async function reply(port: number, wire: string): Promise<Reply> {
  const { status, head, body } = parseResponse(await rawExchange(port, wire));
  const field = (name: string): string => new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
  return {
    status,
    type: status >= 400 ? "" : field("content-type").toLowerCase(),
    location: masked(field("location"), port),
    // the pages of errors are each server's own, and say the same in other words
    body: status >= 400 && isServersOwn(body) ? "(the server's own page)" : masked(body.toString("latin1"), port),
  };
}

const isServersOwn = (body: Buffer): boolean =>
  /<!DOCTYPE HTML PUBLIC|This page comes from CGI Workbench/.test(body.toString("latin1"));

/** Without what differs between two requests to the same server: its port, times, numbers of processes and long random words. */
const masked = (text: string, port: number): string =>
  text
    .replaceAll(String(port), "PORT")
    .replace(/\d{1,2}:\d{2}(:\d{2})?/g, "TIME")
    .replace(/\b[0-9a-f]{16,}\b|\b\d{9,}\b/gi, "NUMBER")
    .replace(/\d+(\.\d+)? *(ms|seconds|sec)\b/g, "DURATION")
    .replace(/^.*(?:CGI Workbench|Apache\/).*$/gm, "(the server's name)");

const isSame = ({ ours, apache }: Compared): boolean => JSON.stringify(ours) === JSON.stringify(apache);

function tableOf(sets: readonly ProgramSet[]): string {
  return sets
    .map(({ name }) => {
      const rows = compared.filter((one) => one.name === name);
      const known = new Set(rows.flatMap(({ known }) => (known === null ? [] : [`${known.right}: ${known.why}`])));
      return `${name.padEnd(20)} ${rows.filter(isSame).length}/${rows.length} the same (${[...new Set(rows.map(({ ours }) => ours.status))].join(", ")})${[...known].map((why) => `; ${why}`).join("")}`;
    })
    .join("\n");
}
