// A problem takes its sentences from a table (`defineProblems`): none is written where it is thrown.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type ESTree, parseSync, Visitor } from "vite";
import { describe, expect, test } from "vitest";
import { ownTables, problemTables } from "../../support/message-tables.js";
import { repositoryRoot } from "../../support/repository.js";
import { filesBelow } from "./module-graph.js";

/** They make problems and log entries from messages, and so have objects with a problem's keys. */
const makers: readonly string[] = ["server/contract/problem.ts", "server/base/log.ts", "renderer/rpc/problem.ts"];

/** They throw here what a thread refused with: the thread took it from a table. */
const messengers: readonly string[] = ["server/features/exchange/import-reader.ts", "server/store/reading-thread.ts"];

const sentenceKeys: readonly string[] = ["code", "message", "fix"];

interface Found {
  /** The names of tables that the source defines. */
  readonly tables: readonly string[];
  readonly thrown: number;
  /** Problems with words of their own, as they are in the source. */
  readonly inline: readonly string[];
}

function problemsIn(file: string, source: string): Found {
  const { program, errors } = parseSync(basename(file), source);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const tables: string[] = [];
  const inline: string[] = [];
  /** The tables themselves, each seen before what is in it. */
  const calls: ESTree.Span[] = [];
  let thrown = 0;
  const report = ({ start, end }: ESTree.Span) => inline.push(source.slice(start, end).replace(/\s+/g, " "));
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === "Identifier" && init?.type === "CallExpression" && isNamed(init.callee, "defineProblems"))
        tables.push(id.name);
    },
    CallExpression(call) {
      if (isNamed(call.callee, "defineProblems")) calls.push(call);
    },
    NewExpression(made) {
      if (!isNamed(made.callee, "ProblemError")) return;
      thrown++;
      if (!isFromTable(made.arguments[0]) && !messengers.includes(file)) report(made);
    },
    ObjectExpression(made) {
      const keys = made.properties.flatMap((entry) =>
        entry.type === "Property" && entry.key.type === "Identifier" ? [entry.key.name] : [],
      );
      const isProblem = sentenceKeys.every((key) => keys.includes(key));
      const isEntry = calls.some(({ start, end }) => start < made.start && made.end < end);
      if (isProblem && !isEntry && !isSchema(made) && !makers.includes(file)) report(made);
    },
  }).visit(program);
  return { tables, thrown, inline };
}

const isNamed = (callee: ESTree.Node, name: string): boolean => callee.type === "Identifier" && callee.name === name;

/** `fileMessage("hidden", …)`, or a choice of two such calls. */
function isFromTable(node: ESTree.Node | undefined): boolean {
  if (node?.type === "ConditionalExpression") return isFromTable(node.consequent) && isFromTable(node.alternate);
  return (
    node?.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    Object.hasOwn(problemTables, node.callee.name)
  );
}

/** The contract's schema of a problem or of a log entry: zod makes the three. */
const isSchema = ({ properties }: ESTree.ObjectExpression): boolean =>
  properties.every(
    (entry) =>
      entry.type === "Property" &&
      entry.key.type === "Identifier" &&
      (!sentenceKeys.includes(entry.key.name) || entry.value.type === "CallExpression"),
  );

describe("problems", () => {
  const found = ["server", "renderer"]
    .flatMap(filesBelow)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, ...problemsIn(file, readFileSync(join(repositoryRoot, file), "utf8")) }));

  test("every problem takes its sentences from a table", () => {
    expect(found.reduce((sum, { thrown }) => sum + thrown, 0)).toBeGreaterThan(40);
    expect(found.flatMap(({ file, inline }) => inline.map((made) => `${file}: ${made}`))).toEqual([]);
  });

  test("every table lies in a messages.ts, and is checked with the others", () => {
    const defining = found.filter(({ tables }) => tables.length > 0);
    expect(defining.map(({ file }) => file).filter((file) => basename(file) !== "messages.ts")).toEqual([]);
    const checked = [...Object.keys(problemTables), ...Object.keys(ownTables)];
    expect(defining.flatMap(({ tables }) => tables).toSorted()).toEqual(checked.toSorted());
  });

  test.each([
    'throw new ProblemError("hidden", "The file is hidden.");',
    'throw new ProblemError({ code: "hidden", data: null, text: "The file is hidden.", fix: null });',
    "const message = fileMessage(name); throw new ProblemError(message);",
    'throw new ProblemError(isHere ? fileMessage("hidden", { path }) : words("missing"));',
    'state.problems.push({ code: "lock", message: `No lock.`, fix: null });',
  ])("a problem with words of its own would be found: %s", (source) => {
    expect(problemsIn("server/app/a.ts", source).inline).toHaveLength(1);
  });

  test("a table that is not among the checked ones would be found", () => {
    const source = 'export const ownMessage = defineProblems({ gone: { message: "It is gone." } });';
    expect(problemsIn("server/app/messages.ts", source).tables).toEqual(["ownMessage"]);
  });
});
