// Every fix that a rule offers, on the failing script of that rule: applied through the workspace, the same request has
// no finding above a hint; undone, it fails as before.
import { describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { rules } from "../../../server/doctor/engine/rules.js";
import { FixService } from "../../../server/doctor/fixes/fix-service.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { explain } from "../../support/explain.js";
import { type CaseRequest, caseOf, missingPrograms, requestOf, scriptToFix } from "../../support/rule-case.js";
import { tempFolder } from "../../support/temp-workspace.js";

const offered = rules.flatMap(({ id, fixes = [] }) => fixes.map((fix) => [id, fix] as const));

describe.each(offered)("%s: %s", (rule, fix) => {
  const script = scriptToFix(rule, fix);
  const missing = missingPrograms(rule, script);

  test.skipIf(missing.length > 0)(`fixes it${missing.length > 0 ? ` (needs ${missing.join(", ")})` : ""}`, async () => {
    const asked = requestOf(rule, "failing", script);
    const path = `cgi-bin/${asked.name}`;
    using folder = tempFolder();
    folder.makeFolder("cgi-bin");
    folder.write(path, asked.source);
    if (asked.executable) folder.makeExecutable(path);
    for (const [name, content] of asked.beside) folder.write(`cgi-bin/${name}`, content);
    folder.write("cgi-workbench.json", JSON.stringify({ ...caseOf(rule).config, ...caseOf(rule).failing?.config }));
    const fixService = new FixService();
    const workbench = await Workbench.create();
    try {
      await workbench.folder.open(folder.path, { port: 0 });
      const failing = await send(workbench, asked);
      const found = failing.findings.find((finding) => finding.rule === rule);
      expect(found?.fixes, summary(failing)).toContain(fix);

      const { changes } = await fixService.preview(workbench.folder.workspace(), path, fix);
      const expected = changes.flatMap((change) =>
        change.kind === "text" ? [{ path: change.path, hash: change.hash }] : [],
      );
      const token = await fixService.apply(workbench.folder.workspace(), path, fix, expected, []);
      const fixed = await send(workbench, asked);
      const { hints = [] } = caseOf(rule);
      expect(
        fixed.findings.filter(
          (finding) => finding.severity !== "hint" || (finding.rule === rule && !hints.includes(rule)),
        ),
      ).toEqual([]);

      await fixService.undo(token);
      expect((await send(workbench, asked)).findings.map((finding) => finding.rule)).toContain(rule);
    } finally {
      await workbench.dispose();
    }
  });
});

async function send(workbench: Workbench, { method, name, target, headers, body }: CaseRequest): Promise<TraceRecord> {
  const trace = await workbench.sender.deliver(
    {
      method: byteString(method),
      target: byteString(`/cgi-bin/${name}${target}`),
      headers: headers.map(
        (line) =>
          [byteString(line.slice(0, line.indexOf(":"))), byteString(line.slice(line.indexOf(":") + 1).trim())] as const,
      ),
      body: body === "" ? null : { bytes: Buffer.from(body, "latin1") },
    },
    { from: "cli" },
  );
  trace.findings = [];
  explain(trace);
  return trace;
}

const summary = ({ findings }: TraceRecord): string =>
  JSON.stringify(findings.map(({ rule, severity, detail }) => [rule, severity, detail]));
