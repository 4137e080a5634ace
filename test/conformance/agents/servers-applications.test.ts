// The agents' applications alone, behind real web servers: functions that a path
// names, and a Rack application below a path.
import { chmodSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type AgentOptions, AgentProcess } from "../../support/agents/agent-process.js";
import { FastcgiServer, isInstalled, serverNames } from "../../support/agents/fastcgi-servers.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

interface Application extends Pick<AgentOptions, "language" | "mode"> {
  readonly needs: string;
  readonly file: string;
  readonly text: string;
}

const applications: readonly Application[] = [
  {
    ...{ language: "python", mode: "handler", needs: "python3", file: "shop.py" },
    text: `def index(req):
    return "the index"
def sum(req, a, b):
    return int(a) + int(b)
def facts(req):
    req.status = 201
    req.headers_out["X-Own"] = req.path_info
    return " ".join([req.method, req.uri, req.args, req.read().decode()])
def large(req):
    req.content_type = "text/plain"
    for n in range(20000):
        yield "line %d\\n" % n
def fails(req):
    1 / 0
`,
  },
  {
    ...{ language: "perl", mode: "handler", needs: "perl", file: "shop.pl" },
    text: `use strict; use warnings;
sub index { my $req = shift; return 'the index' }
sub sum { my ($req, %form) = @_; return $form{a} + $form{b} }
sub facts {
    my $req = shift;
    $req->status(201);
    $req->headers_out->{'X-Own'} = $req->path_info;
    $req->read(my $body, 1000);
    return join ' ', $req->method, $req->uri, $req->args, $body // '';
}
sub large { my $req = shift; $req->content_type('text/plain'); return join '', map { "line $_\\n" } 0 .. 19_999 }
sub fails { my $req = shift; die 'on purpose' }
`,
  },
  {
    ...{ language: "ruby", mode: "rack", needs: "ruby", file: "config.ru" },
    text: `run ->(env) {
  form = env["QUERY_STRING"].split("&").to_h { |pair| pair.split("=") }
  text = { "content-type" => "text/plain" }
  case env["PATH_INFO"]
  when "/" then [200, text, ["the index"]]
  when "/sum" then [200, text, [(form["a"].to_i + form["b"].to_i).to_s]]
  when "/facts/more"
    uri = env["SCRIPT_NAME"] + env["PATH_INFO"]
    words = [env["REQUEST_METHOD"], uri, env["QUERY_STRING"], env["rack.input"].read]
    [201, text.merge("x-own" => "/more"), [words.join(" ")]]
  when "/large" then [200, text, 20_000.times.lazy.map { |n| "line #{n}\\n" }]
  when "/fails" then raise "on purpose"
  else [404, text, ["nothing"]]
  end
}
`,
  },
];

const large = Array.from({ length: 20_000 }, (_, n) => `line ${n}\n`).join("");

describe.each(serverNames)("behind %s", (server) => {
  for (const { needs, file, text, language, mode } of applications) {
    const isMissing = !isInstalled(server) || program(needs) === null;
    test.skipIf(isMissing)(`${language}, ${mode} (needs ${server} and ${needs})`, { timeout: 300_000 }, async () => {
      using folder = tempFolder();
      folder.write(file, text);
      const script = folder.file(file);
      await using agent = await AgentProcess.start({ language, mode, script, options: ["--error500"] });
      chmodSync(agent.folder, 0o755);
      chmodSync(agent.socketPath, 0o777); // servers run as a user of their own
      const shop = { socket: agent.socketPath, script, takesPathInfo: true };
      await using running = await FastcgiServer.start(server, { shop });
      const ask = async (path: string, body: string | null = null) => {
        const response = await fetch(`http://127.0.0.1:${running.port}/shop${path}`, {
          ...(body === null ? {} : { method: "POST", body, headers: { "Content-Type": "text/plain" } }),
        });
        return { status: response.status, own: response.headers.get("x-own"), body: await response.text() };
      };
      for (let time = 0; time < 3; time++) {
        expect(await ask("/")).toEqual({ status: 200, own: null, body: "the index" });
        expect(await ask("/sum?a=1&b=2")).toEqual({ status: 200, own: null, body: "3" });
        expect(await ask("/facts/more?c=d", "e f")).toEqual({
          ...{ status: 201, own: "/more", body: "POST /shop/facts/more c=d e f" },
        });
        expect((await ask("/none")).status).toBe(404);
        expect((await ask("/fails")).status).toBe(500);
      }
      expect((await ask("/large")).body).toBe(large);
    });
  }
});
