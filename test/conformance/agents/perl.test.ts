// The Perl agent gives what plain CGI gives: unmodified scripts, each asked three times over, compare bytes, standard
// error and exit status. In persistent mode some cannot: the table names why, and the test holds that it is so.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type AgentMode, AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { corpora, interpreterOf } from "../../support/agents/corpora.js";
import { type CorpusRequest, comparable, corpusRequests, runPlain } from "../../support/agents/plain-cgi.js";
import { program } from "../../support/temp-workspace.js";

const corpus = corpora.perl;
const { differs, path, read, scripts } = corpus;
const gitweb = "/usr/share/gitweb/gitweb.cgi";
const hasCgi = spawnSync("perl", ["-MCGI", "-e", "1"]).status === 0;
const times = 3;

/** Each request in its turn, and all of them again: the state that one leaves behind is the next one's. */
async function compare(script: string, source: string, mode: AgentMode, requests: readonly CorpusRequest[]) {
  await using agent = await AgentProcess.start({ language: "perl", mode, script });
  const asCgi: unknown[] = [];
  const asAgent: unknown[] = [];
  for (let time = 0; time < times; time++) {
    for (const request of requests) {
      const plain = comparable(await runPlain(interpreterOf(corpus, source), script, request));
      asCgi.push({ request: request.name, ...plain });
      asAgent.push({ request: request.name, ...comparable(await agent.ask(request.variables, request.body)) });
    }
  }
  return { asCgi, asAgent };
}

const usesCgi = (name: string): boolean => /\buse CGI\b/.test(read(name));

async function isAsPlain(name: string, mode: AgentMode): Promise<void> {
  const source = read(name);
  const script = path(name);
  const { asCgi, asAgent } = await compare(script, source, mode, corpusRequests(script, source));
  if (differs[mode][name]) expect(withoutTimes(asAgent)).not.toEqual(withoutTimes(asCgi));
  else expect(withoutTimes(asAgent)).toEqual(withoutTimes(asCgi));
}

describe.skipIf(program("perl") === null).each(agentModes)("the Perl agent, %s (needs perl)", (mode) => {
  test("is held to at least 60 scripts", () => {
    expect(scripts.length).toBeGreaterThanOrEqual(60);
    expect(Object.keys(differs[mode]).filter((name) => !scripts.includes(name))).toEqual([]);
  });

  const [ofCgi, others] = [scripts.filter(usesCgi), scripts.filter((name) => !usesCgi(name))];
  test.each(others)("%s", { timeout: 120_000 }, (name) => isAsPlain(name, mode));
  test.skipIf(!hasCgi).each(ofCgi)("%s (needs CGI.pm)", { timeout: 120_000 }, (name) => isAsPlain(name, mode));

  test.skipIf(!hasCgi)("a file is uploaded (needs CGI.pm)", async () => {
    const script = path("cgi_upload.pl");
    const part = (head: string, text: string) => `--edge\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
    const upload = (text: string): CorpusRequest => {
      const body = Buffer.from(
        `${part('name="name"', "Ann")}${part('name="file"; filename="a.txt"\r\nContent-Type: text/plain', text)}--edge--\r\n`,
      );
      const variables = { REQUEST_METHOD: "POST", CONTENT_TYPE: "multipart/form-data; boundary=edge" };
      return { name: `${text.length} bytes`, variables: { ...variables, CONTENT_LENGTH: String(body.length) }, body };
    };
    const { asCgi, asAgent } = await compare(script, read("cgi_upload.pl"), mode, [
      upload("short"),
      upload("line\n".repeat(100_000)),
    ]);
    expect(asAgent).toEqual(asCgi);
    expect(JSON.stringify(asAgent)).toContain("a.txt 500000 text/plain Ann");
  });

  test.skipIf(!existsSync(gitweb) || !hasCgi)(
    "gitweb shows the pages it shows as CGI (needs gitweb)",
    { timeout: 120_000 },
    async () => {
      const requests = ["", "a=opml", "a=project_index", "p=none.git;a=summary"].map((query) => ({
        name: query,
        body: Buffer.alloc(0),
        variables: {
          GATEWAY_INTERFACE: "CGI/1.1",
          SERVER_NAME: "localhost",
          SERVER_PORT: "80",
          SCRIPT_NAME: "/gitweb.cgi",
          REQUEST_METHOD: "GET",
          QUERY_STRING: query,
        },
      }));
      const { asCgi, asAgent } = await compare(gitweb, readFileSync(gitweb, "utf8"), mode, requests);
      expect(withoutTimes(asAgent)).toEqual(withoutTimes(asCgi));
      expect(JSON.stringify(asAgent)).toContain("<!DOCTYPE html");
    },
  );
});

/** gitweb says how long it took, CGI::Carp what time it is. */
const withoutTimes = (results: unknown): string =>
  JSON.stringify(results, null, 1)
    .replace(/(?:time_taken|id=\\"generating_(?:time|cmd)\\")[^/]*/g, "")
    .replace(/\[\w{3} \w{3} [\d :]+\]/g, "");
