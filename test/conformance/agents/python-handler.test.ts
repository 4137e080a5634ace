// The Python agent's handler mode: how fields of a request become arguments. Needs Python 3.8, as the agent does.
import { expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

const functions = `
def only(req, a=1, b=2, /): return repr((a, b))
def mixed(req, a, b="B", /, c="C", *rest, d="D"): return repr((a, b, c, rest, d))
`;

test.skipIf(program("python3") === null).each([
  ["/only", "", "(1, 2)"],
  ["/only", "a=5", "('5', 2)"],
  ["/only", "b=5", "(1, '5')"],
  ["/only", "b=5&a=6", "('6', '5')"],
  ["/mixed", "a=1&c=3", "('1', 'B', '3', (), 'D')"],
  ["/mixed", "a=1&d=4&b=2", "('1', '2', 'C', (), '4')"],
  ["/mixed", "b=2", "mixed needs a."],
])("%s?%s is %s (needs python3)", async (path, query, expected) => {
  using folder = tempFolder();
  folder.write("script.py", functions);
  const script = folder.file("script.py");
  await using agent = await AgentProcess.start({ language: "python", mode: "handler", script });
  const { stdout, stderr } = await agent.ask({ PATH_INFO: path, QUERY_STRING: query });
  expect([stderr.toString(), stdout.toString()]).toEqual(["", expect.stringContaining(expected)]);
});
