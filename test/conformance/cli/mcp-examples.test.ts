// The examples of scripts that are MCP servers, judged by the protocol's own conformance suite.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Serving, serve } from "../../support/command-line.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const suite = join(repositoryRoot, "node_modules/@modelcontextprotocol/conformance/dist/index.js");
const hook = join(repositoryRoot, "test/support/run/conformance-suite.mjs");

/** Of every server, whatever its tools are. */
const passing = [
  ...["completion-complete", "dns-rebinding-protection", "logging-set-level", "ping", "prompts-list", "resources-list"],
  ...["server-initialize", "server-sse-multiple-streams", "tools-call-error", "tools-call-simple-text", "tools-list"],
];
/** They call tools, prompts and resources that the suite names, or ask the client back. */
const needingItsOwn = [
  ...["elicitation-sep1034-defaults", "elicitation-sep1330-enums", "prompts-get-embedded-resource"],
  ...["prompts-get-simple", "prompts-get-with-args", "prompts-get-with-image", "resources-read-binary"],
  ...["resources-read-text", "resources-subscribe", "resources-templates-read", "resources-unsubscribe"],
  ...["tools-call-audio", "tools-call-elicitation", "tools-call-embedded-resource", "tools-call-image"],
  ...["tools-call-mixed-content", "tools-call-sampling", "tools-call-with-logging", "tools-call-with-progress"],
];
/** The suite has them for a later version of itself: they need a tool of its own, and an event stream. */
const pending = ["json-schema-2020-12", "server-sse-polling"];
/** Those of the revision 2026-07-28 alone. They are in no release of the suite, but in its alpha 0.2.0. */
const ofLaterSuites = [
  ...["caching", "http-custom-header-server-validation", "http-header-validation", "sep-2164-resource-not-found"],
  ...["server-stateless", "input-required-result-basic-elicitation", "input-required-result-basic-list-roots"],
  ...["input-required-result-basic-sampling", "input-required-result-capability-check"],
  ...["input-required-result-ignore-extra-params", "input-required-result-missing-input-response"],
  ...["input-required-result-multi-round", "input-required-result-multiple-input-requests"],
  ...["input-required-result-non-tool-request", "input-required-result-request-state"],
  ...["input-required-result-result-type", "input-required-result-tampered-state"],
  ...["input-required-result-unsupported-methods", "input-required-result-validate-input"],
];

let folder: TempFolder;
let serving: Serving;
beforeAll(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const name of ["mcp.py", "mcp.pl", "mcp.sh"]) {
    folder.write(`cgi-bin/${name}`, readFileSync(join(repositoryRoot, "docs/mcp", name)));
    folder.makeExecutable(`cgi-bin/${name}`);
  }
  serving = await serve([folder.path, "--port", "0", "--no-ui", "--no-store"]);
});
afterAll(async () => {
  await serving[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** What the suite prints, whatever its exit code: it fails because of the scenarios that need tools of its own. */
const suiteSays = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) =>
    execFile(process.execPath, ["--import", hook, suite, ...args], { cwd: folder.path }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    ),
  );

test("each scenario of the suite is named above, and it has none of the revision 2026-07-28", async () => {
  const output = await suiteSays("list", "--server");
  const scenarios = [...output.matchAll(/^ +- (\S+) \[(.*)\]$/gm)].map(([, name, revisions]) => ({ name, revisions }));
  expect(scenarios.map(({ name }) => name).toSorted()).toEqual([...passing, ...needingItsOwn, ...pending].toSorted());
  expect(scenarios.filter(({ revisions }) => revisions?.includes("2026-07-28"))).toEqual([]);
  expect(await suiteSays("list", "--server", "--spec-version", "2026-07-28")).toContain("Unknown spec version");
  expect(ofLaterSuites.filter((name) => output.includes(name))).toEqual([]);
});

const examples = [
  ["mcp.py", "python3"],
  ["mcp.pl", "perl"],
  ["mcp.sh", "sh"],
] as const;

test.each(examples)("%s answers a client that asks for the revision 2026-07-28 first", async (name, language) => {
  if (program(language) === null) return;
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${serving.ready.scripts}/cgi-bin/${name}`)));
  expect(client.getNegotiatedProtocolVersion()).toBe("2025-11-25");
  const { content } = await client.callTool({ name: "add", arguments: { a: 1, b: 2 } });
  expect(content).toEqual([{ type: "text", text: "3" }]);
  await client.close();
});

test.concurrent.each(examples)(
  "%s passes what a server with tools of its own can pass",
  async (name, language) => {
    if (program(language) === null) return;
    const output = await suiteSays("server", "--url", `${serving.ready.scripts}/cgi-bin/${name}`);
    const of = (mark: string): string[] =>
      output
        .split("\n")
        .flatMap((line) => (line.startsWith(mark) ? [line.slice(2).split(":")[0] ?? ""] : []))
        .toSorted();
    expect(of("✓"), output.slice(-2000)).toEqual(passing);
    expect(of("✗")).toEqual(needingItsOwn);
  },
  120_000,
);
