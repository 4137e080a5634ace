// The doctor: its rules, static checks, and fixes.
import { compilePlan } from "../app/compile-source.js";
import type { Workbench } from "../app/workbench.js";
import { ruleInfo } from "../doctor/base/rule.js";
import { rules } from "../doctor/engine/rules.js";
import { os } from "./implementer.js";
import { shownFolder } from "./shown-folder.js";

export const doctorDomain = ({ scripts, folder }: Pick<Workbench, "scripts" | "folder">) => ({
  rules: os.doctor.rules.handler(() => rules.map(ruleInfo)),
  check: os.doctor.check.handler(({ input: { path, unsaved } }) => scripts.check(path, unsaved)),
  htaccess: os.doctor.htaccess.handler(async () => ({ paths: await scripts.htaccessFiles() })),
  fixes: os.doctor.fixes.handler(({ input }) => scripts.fixesOf(input.traceId)),
  preview: os.doctor.preview.handler(({ input: { path, others, fix, unsaved } }) =>
    scripts.fixes.preview(folder.workspace(), path, fix, unsaved, others),
  ),
  apply: os.doctor.apply.handler(async ({ input: { path, others, fix, unsaved, expected, leave } }) => ({
    token: await scripts.fixes.apply(folder.workspace(), path, fix, expected, leave, unsaved, others),
  })),
  recordAnswer: os.doctor.recordAnswer.handler(({ input }) => scripts.recordAnswer(input)),
  compilePlan: os.doctor.compilePlan.handler(({ input }) => compilePlan(shownFolder(folder, input), input)),
  compile: os.doctor.compile.handler(({ input }) => scripts.compile(shownFolder(folder, input), input)),
  frames: os.doctor.frames.handler(async ({ input }) => ({ frames: await scripts.frames(input.traceId) })),
  undo: os.doctor.undo.handler(async ({ input }) => ({ paths: await scripts.fixes.undo(input.token) })),
});
