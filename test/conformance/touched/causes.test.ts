// The list of what a script touched names the cause that lies outside of its request, and the client, stderr and the
// exit code are what they are without it.
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import type { Touch, Touched } from "../../../server/contract/touched.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { bodyOf, startGateway, type TestGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";
import { askTouched, type TouchedScript, touchedScripts } from "../../support/touched-scripts.js";

/** So many lines can be looked through at once. */
const oneLook = 14;

function prepare(gateway: TestGateway, { text, files = {}, modes = {} }: TouchedScript): void {
  for (const [name, content] of Object.entries(files)) gateway.file(name, content ?? "");
  if (text.startsWith("#!")) gateway.script("x.cgi", text);
  else {
    gateway.file("x.c", text);
    execFileSync("cc", ["-o", gateway.folder.file("x.cgi"), gateway.folder.file("x.c")]);
  }
  for (const [name, mode] of Object.entries(modes)) chmodSync(gateway.folder.file(name), mode);
  // A script that gives up the superuser's rights must reach its files all the same.
  chmodSync(gateway.folder.path, 0o755);
}

const endOf = ({ process, stderr, outcome, code }: TraceRecord & { code?: string }) => ({
  exitCode: process?.exitCode,
  signal: process?.signal,
  stderr: Buffer.from(stderr?.read(0, 1 << 16) ?? []).toString("latin1"),
  outcome,
  code,
});

for (const script of touchedScripts)
  test.skipIf(!program("strace") || script.needs.some((name) => !program(name)))(script.what, async () => {
    await using gateway = await startGateway();
    prepare(gateway, script);
    const [without, watched] = [await askTouched(gateway, false), await askTouched(gateway)];
    expect(bodyOf(watched)).toBe(bodyOf(without));
    const [first, second] = await gateway.ended(2);
    if (!first || !second) throw new Error("two traces");
    expect(endOf(second)).toEqual(endOf(first));
    expect(first.process).not.toHaveProperty("touched");
    const touched: Touched | undefined = second.process?.touched;
    const shown: readonly Touch[] = touched?.touches.filter(({ own }) => own !== true) ?? [];
    const { name, ...rest } = script.names;
    expect(touched?.why).toBeNull();
    expect(shown).toContainEqual(expect.objectContaining({ ...rest, name: expect.stringMatching(endingWith(name)) }));
    expect(shown.length, JSON.stringify(shown, null, 1)).toBeLessThanOrEqual(oneLook);
  });

const endingWith = (name: string): RegExp => new RegExp(`${name.replaceAll(/[.\\/[\]]/g, "\\$&")}$`);
