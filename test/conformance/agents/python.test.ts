// The Python agent gives what plain CGI gives: unmodified scripts, each asked three times over, compare bytes, standard
// error and exit status. In persistent mode some cannot: the table names why, and the test holds that it is so.
import { describe, expect, test } from "vitest";
import { AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { corpora } from "../../support/agents/corpora.js";
import { comparable, corpusRequests, runPlain } from "../../support/agents/plain-cgi.js";
import { program } from "../../support/temp-workspace.js";

const { differs, path, read, scripts } = corpora.python;
const times = 3;

describe.skipIf(program("python3") === null)("the Python agent gives what CGI gives (needs python3)", () => {
  test("for at least 80 scripts", () => {
    expect(scripts.length).toBeGreaterThanOrEqual(80);
    expect(agentModes.flatMap((mode) => Object.keys(differs[mode]).filter((name) => !scripts.includes(name)))).toEqual(
      [],
    );
  });

  test.each(scripts)("%s", async (name) => {
    const script = path(name);
    const requests = corpusRequests(script, read(name));
    const asCgi: Record<string, unknown>[] = [];
    for (const request of requests) {
      const plain = comparable(await runPlain(["python3"], script, request));
      for (let time = 0; time < times; time++) asCgi.push({ request: request.name, ...plain });
    }
    for (const mode of agentModes) {
      await using agent = await AgentProcess.start({ language: "python", mode, script });
      const asAgent: unknown[] = [];
      for (const request of requests)
        for (let time = 0; time < times; time++)
          asAgent.push({ request: request.name, ...comparable(await agent.ask(request.variables, request.body)) });
      if (differs[mode][name]) expect(asAgent, mode).not.toEqual(asCgi);
      else expect(asAgent, mode).toEqual(asCgi);
    }
  });
});
