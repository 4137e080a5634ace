// All rules, collected from their folders. Within one severity a trace's findings have this order, the nearest cause
// first: by stage, within a stage by what the rules declare in `before`, else by id.
import { ruleStage, ruleStages } from "../../contract/doctor-contract.js";
import type { DeferredRule, InlineRule, Rule } from "../base/rule.js";

const files = import.meta.glob<InlineRule | DeferredRule>("../rules/*/*/rule.ts", { eager: true, import: "rule" });
/** Families whose checks are alike: one file with many rules, by id. */
const tables = import.meta.glob<Readonly<Record<string, InlineRule | DeferredRule>>>("../rules/*/*.ts", {
  eager: true,
  import: "rules",
});

const named = (path: string, id: string, rule: InlineRule | DeferredRule): Rule => ({
  id,
  stage: ruleStage.parse(path.split("/")[2]),
  ...rule,
});

export const rules: readonly Rule[] = orderRules([
  ...Object.entries(files).map(([path, rule]) => named(path, path.split("/")[3] ?? "", rule)),
  ...Object.entries(tables).flatMap(([path, family]) =>
    Object.entries(family).map(([id, rule]) => named(path, id, rule)),
  ),
]);

/** @throws Error when rules demand to come before each other */
export function orderRules<R extends Pick<Rule, "id" | "stage" | "before">>(unordered: readonly R[]): R[] {
  const waiting = [...unordered].sort(
    (a, b) => ruleStages.indexOf(a.stage) - ruleStages.indexOf(b.stage) || (a.id < b.id ? -1 : 1),
  );
  const ordered: R[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ id }) => !waiting.some(({ before }) => before?.includes(id)));
    if (next < 0) throw new Error(`These rules all come before each other: ${waiting.map(({ id }) => id).join(", ")}`);
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}
