// The doctor for the editor and the inspector: scripts before they run, and what can be done about findings.

import type { Workbench } from "../app/workbench.js";
import { toDisplayText } from "../base/decode-text.js";
import { ProblemError } from "../base/problem.js";
import type { Marker } from "../contract/repair-contract.js";
import type { Finding } from "../contract/trace.js";
import { workspacePath } from "../contract/workspace.js";
import { FixService } from "../doctor/fixes/fix-service.js";
import { onLine } from "../doctor/static-checks/markers.js";
import { StaticChecker } from "../doctor/static-checks/static-checker.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const repairsDomain = (workbench: Workbench) => {
  const repairs = new FixService();
  const before = new StaticChecker(workbench.starter);
  return {
    check: os.doctor.check.handler(({ input: { path, unsaved } }) =>
      refusing(async () => {
        const folder = workbench.workspace();
        const { diagnostics, unchecked } = await before.check(folder, await repairs.toFix(folder, path, unsaved));
        const markers = await Promise.all(
          diagnostics
            .filter(({ rule }) => !Object.hasOwn(folder.config.doctor.off, rule))
            .map(
              async ({ fixes, ...diagnostic }): Promise<Marker> => ({
                ...diagnostic,
                fixes: (await repairs.availableFixes(folder, path, fixes, unsaved)).map(offer),
              }),
            ),
        );
        return { markers, unchecked };
      }),
    ),
    remedies: os.doctor.remedies.handler(({ input }) =>
      refusing(async () => {
        const kept = workbench.traces.get(input.traceId);
        if (!kept) throw new ProblemError("not-found", "This trace is not kept any more.", null);
        const trace = kept.outcome === null ? kept : await workbench.doctor.examined(kept);
        const rules = trace.findings.map(({ rule }) => rule);
        const { file, scriptHash } = trace.route;
        const folder = workbench.workspace();
        const path = workspacePath.safeParse(file === null ? null : folder.relative(toDisplayText(file))).data ?? null;
        const source = path === null ? null : await folder.readBytes(path);
        if (path === null || source === null)
          return { path: null, scriptHash, rules, offers: rules.map(() => []), markers: [] };
        const offers = await Promise.all(
          trace.findings.map(({ fixes }) => repairs.availableFixes(folder, path, fixes)),
        );
        const text = Buffer.from(source.bytes).toString("utf8");
        const markers = trace.findings.flatMap((finding, index) => markerOf(finding, offers[index] ?? [], text));
        return { path, scriptHash, rules, offers: offers.map((of) => of.map(offer)), markers };
      }),
    ),
    preview: os.doctor.preview.handler(({ input: { path, fix, unsaved } }) =>
      refusing(() => repairs.preview(workbench.workspace(), path, fix, unsaved)),
    ),
    apply: os.doctor.apply.handler(({ input: { path, fix, expected, leave } }) =>
      refusing(async () => ({ token: await repairs.apply(workbench.workspace(), path, fix, expected, leave) })),
    ),
    undo: os.doctor.undo.handler(({ input }) => refusing(async () => ({ paths: await repairs.undo(input.token) }))),
  };
};

type Offers = Awaited<ReturnType<FixService["availableFixes"]>>;
const offer = ({ id, title }: Offers[number]) => ({ id, title });

/** On the line that the finding names, else on the first one that a fix would change. */
function markerOf(finding: Finding, offers: Offers, text: string): Marker[] {
  const line = finding.line ?? offers[0]?.line ?? null;
  if (line === null || line > text.split("\n").length) return [];
  const { rule, severity, title, detail } = finding;
  return [{ ...onLine(text, line, { rule, severity, title, detail }), fixes: offers.map(offer) }];
}
