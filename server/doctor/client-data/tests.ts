// Which uses of client data a statement tests: a condition, a comparison, or a call of a function that says so.
import { isDecoding, isExtraction } from "./cleaning.js";
import { askedAt, conditionsOf, isEmptinessTest, isEntry } from "./parts.js";
import { isShellTest } from "./shell.js";
import type { Statement } from "./statements.js";
import { type Script, usesIn } from "./uses.js";

const isCompared =
  /^["'\])}\s]{0,4}(?:[!=]==?|\beq\b|\bne\b|\bin\b|\bnot in\b|[!=]~|\.(?:match|fullmatch|include|isal|isdigit|isnum|startswith|endswith|test|scan))/;
/** A condition of C that looks for a separator: `*q != '&'`, `strchr(q, '=')`. */
const isParsed = /^(?!.*(?:'[|;<>$`/.]'|\bis\w+\s*\()).*(?:[!=]=|strr?chr\s*\([^,]*,)\s*'(?:[&=+%]|\\0)'/s;
/** Looks for a field by its name: `strncmp(q, "file=", 5)`. */
const isNamed =
  /\b(?:strn?(?:case)?cmp|startswith|start_with\?|startsWith|strpos|strstr|indexOf)\b[^"'\n]*["'][\w.-]+=["']/;
/** PHP runs a text that is asserted. */
const isEvaluated = /\bassert\s*\(\s*["'][^"']*(?:["']\s*\.|\$)/;
const isReplaced = /^["'\])}\s]{0,4}=~\s*(?:s|tr|y)\b/;

export function test(script: Script, statement: Statement): void {
  const { values } = script;
  const { code, raw } = statement;
  const uses = usesIn(script, statement, 0, raw.length, true);
  if (uses.length === 0) return;
  if (script.language === "shell") {
    const next = script.statements.slice(values.now + 1, values.now + 4);
    if (isShellTest(statement, next)) {
      // `${pair%%=*}` is the name of a field.
      for (const use of uses) if (!/^%%?=/.test(raw.slice(use.to))) values.clear(use);
    } else if (/\s-z\s|=\s*(?:""|'')/.test(raw)) for (const use of uses) values.ask(use);
    return;
  }
  if (script.language === "php" && isEvaluated.test(code)) return;
  const conditions = conditionsOf(code);
  for (const use of uses) {
    const condition = conditions.find(([from, to]) => use.from >= from && use.from < to);
    const after = code.slice(use.to, condition?.[1]);
    if (isEntry(code, use.from)) {
      if (condition && !after.includes("++")) values.clear(use);
      continue;
    }
    const isAsked = askedAt(code, use.from);
    const asked = condition ? raw.slice(...condition) : "";
    if (isNamed.test(asked) || (script.language === "c" && isParsed.test(asked))) {
      values.ask(use);
      continue;
    }
    if (!condition && !isCompared.test(after) && !isAsked) continue;
    if (!isAsked && isEmptinessTest(code, use.from, use.to, condition?.[1])) {
      if (condition) values.ask(use);
    } else if (isReplaced.test(after) ? isDecoding(raw) : isExtraction(raw)) {
      if (/=~/.test(code)) for (const group of ["1", "2", "3"]) values.set(group, use, true);
    } else if (isReplaced.test(after) && use.name !== null && !use.isPart) values.unset(use.name, false);
    else values.clear(use);
  }
}
