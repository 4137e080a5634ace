// An agent gives three times over what plain CGI gives for the script's first request.
import { expect } from "vitest";
import type { AgentProcess } from "./agent-process.js";
import { comparable, corpusRequests, runPlain } from "./plain-cgi.js";

/** Returns what plain CGI gives. */
export async function expectAsCgi(agent: AgentProcess, interpreter: string, script: string, source: string) {
  const [request] = corpusRequests(script, source);
  if (!request) throw new Error("no request");
  const plain = comparable(await runPlain([interpreter], script, request));
  for (let time = 0; time < 3; time++)
    expect(comparable(await agent.ask(request.variables, request.body))).toEqual(plain);
  return plain;
}
