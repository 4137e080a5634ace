// The examples of scripts that are MCP servers, judged by the protocol's own conformance suite.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
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

test.concurrent.each([
  ["mcp.py", "python3"],
  ["mcp.pl", "perl"],
  ["mcp.sh", "sh"],
])(
  "%s passes what a server with tools of its own can pass",
  async (name, language) => {
    if (program(language) === null) return;
    const args = ["--import", hook, suite, "server", "--url", `${serving.ready.scripts}/cgi-bin/${name}`];
    // It fails because of those that need tools of its own.
    const output = await new Promise<string>((resolve) =>
      execFile(process.execPath, args, { cwd: folder.path }, (_, stdout, stderr) => resolve(stdout + stderr)),
    );
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
