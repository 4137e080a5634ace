// The corpora through each agent's file alone, behind real web servers: status, header fields and body are those of
// plain CGI, three times over. Where evidence is shortened, each server gets other scripts.
import { chmodSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type AgentMode, AgentProcess, agentModes } from "../support/agents/agent-process.js";
import { type Corpus, corpora, interpreterOf } from "../support/agents/corpora.js";
import { type Application, FastcgiServer, isInstalled, serverNames } from "../support/agents/fastcgi-servers.js";
import { type CorpusRequest, comparable, corpusRequests, runPlain } from "../support/agents/plain-cgi.js";
import { amount } from "../support/evidence.js";

const times = 3;
const stride = amount(1, 24);
/** Each has a process of its own while the server runs. */
const together = 10;

/** What these print is what the server itself passes on, or how it sees the response. */
const ofTheServer: Readonly<Record<string, string>> = {
  "env.py": "variables of the server",
  "environment.py": "variables of the server",
  "environment_behind.py": "variables of the server",
  "variables.pl": "variables of the server",
  "arguments.rb": "variables of the server",
  "arguments.pl": "lighttpd writes an escape that is none in another way",
  "nph_fields.pl": "no server reads a status line over FastCGI",
};

/** What HAProxy alone gives them otherwise. */
const ofHaproxy: Readonly<Record<string, string>> = {
  "cgi_object.pl": "SERVER_NAME is the host that was asked for",
  "taint.pl": "there is no QUERY_STRING when there is no query",
};

/** What nginx alone gives them otherwise in `prefork`. */
const ofNginx: Readonly<Record<string, string>> = {
  "large_both.py": "nginx sends no more of a request once its response has begun, and ends both after a minute",
};

/**
 * As a web server makes it of what the script writes; null: not a response, which each server answers in its own way.
 */
function responseOf(stdout: Buffer, status: number | null) {
  if (stdout.length === 0) return status === 0 ? null : { status: 500, type: null, body: null };
  const text = stdout.toString("latin1");
  const [head = "", separator = ""] = /^([\s\S]*?)(\r?\n\r?\n)/.exec(text)?.slice(1) ?? [];
  const fields = new Map(
    head.split(/\r?\n/).map((line) => {
      const [, name = "", value = ""] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value] as const;
    }),
  );
  if (separator === "" || fields.has("") || fields.has("location") || !fields.has("content-type")) return null;
  return {
    status: Number.parseInt(fields.get("status") ?? "200", 10),
    type: fields.get("content-type") ?? null,
    body: shown(Buffer.from(text.slice(head.length + separator.length), "latin1")),
  };
}

const shown = (bytes: Buffer) =>
  comparable({ stdout: bytes, stderr: Buffer.alloc(0), status: 0, failure: null }).stdout;

async function ask(port: number, name: string, { variables, body }: CorpusRequest) {
  const isPost = variables["REQUEST_METHOD"] === "POST";
  const query = variables["QUERY_STRING"] ?? "";
  const response = await fetch(`http://127.0.0.1:${port}/${name}${query === "" ? "" : `?${query}`}`, {
    method: isPost ? "POST" : "GET",
    redirect: "manual",
    ...(isPost ? { body: Uint8Array.from(body), headers: { "Content-Type": variables["CONTENT_TYPE"] ?? "" } } : {}),
  });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: shown(Buffer.from(await response.arrayBuffer())),
  };
}

/** One application for each script; their names are words for every server. */
const wordOf = (script: string): string => script.replace(/\W/g, "_");

/** Each script's agent, which the server finds by the script's word. */
async function withAgents(
  corpus: Corpus,
  mode: AgentMode,
  scripts: readonly string[],
  use: (applications: Readonly<Record<string, Application>>) => Promise<void>,
): Promise<void> {
  const started = await Promise.all(
    scripts.map(async (name) => {
      const script = corpus.path(name);
      const options = ["--error500", "--workers=1"];
      const agent = await AgentProcess.start({ language: corpus.language, mode, script, options });
      chmodSync(agent.folder, 0o755);
      chmodSync(agent.socketPath, 0o777); // servers run as a user of their own
      return { agent, application: [wordOf(name), { socket: agent.socketPath, script }] as const };
    }),
  );
  try {
    await use(Object.fromEntries(started.map(({ application }) => application)));
  } finally {
    for (const { agent } of started) await agent[Symbol.asyncDispose]();
  }
}

/** Each request three times over, with what differs from plain CGI. */
async function differences(corpus: Corpus, port: number, name: string): Promise<unknown[]> {
  const found: unknown[] = [];
  const source = corpus.read(name);
  for (const request of corpusRequests(corpus.path(name), source)) {
    const plain = await runPlain(interpreterOf(corpus, source), corpus.path(name), request);
    const expected = responseOf(plain.stdout, plain.status);
    for (let time = 0; time < times; time++) {
      const got = await ask(port, wordOf(name), request);
      const isAlike =
        expected === null ||
        (got.status === expected.status &&
          (expected.body === null || JSON.stringify(got) === JSON.stringify(expected)));
      if (!isAlike) found.push({ name, request: request.name, time, expected, got });
    }
  }
  return found;
}

for (const corpus of Object.values(corpora))
  describe.each(serverNames)(`the ${corpus.language} corpus behind %s`, (server) => {
    const first = serverNames.indexOf(server);
    test.skipIf(!isInstalled(server)).each(agentModes)(
      `%s (needs ${server} and ${corpus.needs})`,
      { timeout: 1_200_000 },
      async (mode) => {
        const scripts = corpus.scripts.filter(
          (name) =>
            corpus.missing(name) === null &&
            !corpus.differs[mode][name] &&
            !ofTheServer[name] &&
            !(server === "HAProxy" && ofHaproxy[name]) &&
            !(server === "nginx" && mode === "prefork" && ofNginx[name]),
        );
        const chosen = scripts.filter((_, index) => index % stride === first % stride);
        const found: unknown[] = [];
        for (let at = 0; at < chosen.length; at += together) {
          const some = chosen.slice(at, at + together);
          await withAgents(corpus, mode, some, async (applications) => {
            await using running = await FastcgiServer.start(server, applications);
            for (const name of some) found.push(...(await differences(corpus, running.port, name)));
          });
        }
        expect(found).toEqual([]);
      },
    );
  });
