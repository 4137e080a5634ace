// Real frameworks in the modes for applications: Flask with Werkzeug, Plack with its middleware, Dancer2, Sinatra.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Mode } from "../../../server/contract/modes.js";
import "../../support/built-agents.js";
import { plain as whole } from "../../support/fastcgi-gateway.js";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";

const flask = `#!/usr/bin/env python3
from flask import Flask, Response, abort, redirect, request, session, url_for

app = Flask(__name__)
app.secret_key = "for this test"

@app.route("/")
def index():
    session["seen"] = session.get("seen", 0) + 1
    return "seen %d from %s" % (session["seen"], url_for("form", name="a b"))

@app.route("/form/<name>", methods=["POST"])
def form(name):
    sent = request.files["file"].read()
    return {"name": name, "text": request.form["text"], "bytes": len(sent), "base": request.script_root}

@app.route("/old")
def old():
    return redirect(url_for("index"))

@app.route("/stream")
def stream():
    return Response((line for line in ("a\\n", "b\\n")), mimetype="text/plain")

@app.route("/refused")
def refused():
    abort(403)

@app.route("/fails")
def fails():
    raise RuntimeError("on purpose")
`;
/** Beside the method Flask has, the same responses. */
const plack = `#!/usr/bin/env perl
use strict; use warnings;
use Plack::Builder; use Plack::Request; use Plack::Response;

my $app = sub {
    my $request = Plack::Request->new(shift);
    my $path = $request->path_info || '/';
    my $response = Plack::Response->new(200);
    $response->content_type('text/plain');
    if ($path eq '/') {
        my $seen = 1 + ($request->cookies->{seen} // 0);
        $response->cookies->{seen} = $seen;
        $response->body("seen $seen from " . $request->script_name . '/form/a%20b');
    }
    elsif ($path =~ m{^/form/(.*)}) {
        my $size = -s $request->uploads->{file}->path;
        my ($text, $base) = ($request->parameters->{text}, $request->script_name);
        $response->body(qq({"base":"$base","bytes":$size,"name":"$1","text":"$text"}));
    }
    elsif ($path eq '/old') { $response->redirect($request->script_name . '/') }
    elsif ($path eq '/stream') { return sub { my $w = $_[0]->([200, ['Content-Type' => 'text/plain']]); $w->write("$_\\n") for qw(a b); $w->close } }
    elsif ($path eq '/refused') { $response->status(403) }
    else { die "on purpose\\n" }
    return $response->finalize;
};
builder { enable 'ContentLength'; enable 'HTTPExceptions'; $app };
`;
const dancer = `#!/usr/bin/env perl
use Dancer2;
set logger => 'console';
get '/' => sub { 'dances at ' . request->script_name };
post '/form/:name' => sub { route_parameters->get('name') . ' ' . body_parameters->get('text') };
to_app;
`;

const sinatra = `#!/usr/bin/env ruby
require "sinatra/base"
require "json"

class App < Sinatra::Base
  set :environment, :production
  set :absolute_redirects, false
  enable :sessions
  set :session_secret, "for this test " * 8

  before { content_type :txt }
  get "/" do
    session["seen"] = (session["seen"] || 0) + 1
    "seen #{session["seen"]} from #{request.script_name}/form/a%20b"
  end
  post "/form/:name" do
    bytes = params[:file][:tempfile].read.bytesize
    { name: params[:name], text: params[:text], bytes: bytes, base: request.script_name }.to_json
  end
  get("/old") { redirect request.script_name + "/" }
  get("/stream") { stream { |out| out << "a\\n"; out << "b\\n" } }
  get("/refused") { halt 403 }
  get("/fails") { raise "on purpose" }
end
`;
const classic = `#!/usr/bin/env ruby
require "sinatra"
set :environment, :production
use Rack::ContentLength
helpers { def shout(text) = text.upcase }
get("/:name") { shout(params[:name]) }
`;

const has = (...command: readonly string[]): boolean =>
  program(command[0] ?? "") !== null && spawnSync(command[0] ?? "", command.slice(1)).status === 0;
const frameworks = [
  {
    name: "Flask",
    mode: "wsgi",
    file: "cgi-bin/site.py",
    source: flask,
    isThere: has("python3", "-c", "import flask"),
  },
  {
    name: "Plack",
    mode: "psgi",
    file: "cgi-bin/site.pl",
    source: plack,
    isThere: has("perl", "-MPlack::Request", "-e1"),
  },
  {
    name: "Sinatra",
    mode: "rack",
    file: "cgi-bin/site.rb",
    source: sinatra,
    isThere: has("ruby", "-rsinatra/base", "-e1"),
  },
] as const;

async function serving(file: string, mode: Mode, source: string): Promise<TestGateway> {
  const gateway = await startGateway({ config: { scripts: { [file]: { mode, workers: 1 } } } });
  gateway.script(file, source);
  return gateway;
}

const parts =
  '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\nContent-Type: application/octet-stream\r\n\r\n\x00\xff\x01\r\n--b--\r\n';
const upload = ["Content-Type: multipart/form-data; boundary=b", `Content-Length: ${parts.length}`];
const statusOf = (wire: string): number => Number(wire.slice(9, 12));
const bodyOf = (wire: string): string => wire.slice(wire.indexOf("\r\n\r\n") + 4);

describe.each(frameworks)("$name (needs $name)", ({ mode, file, source, isThere }) => {
  test.skipIf(!isThere)("forms, uploads, cookies, redirects, streams and errors", async () => {
    await using gateway = await serving(file, mode, source);
    const ask = (path: string, ...headers: string[]) => gateway.ask(whole("GET", `/${file}${path}`, headers));
    const first = await ask("/");
    const cookie = /^Set-Cookie: ([^;\r\n]+)/im.exec(first)?.[1] ?? "";
    expect(bodyOf(first)).toBe(`seen 1 from /${file}/form/a%20b`);
    expect(bodyOf(await ask("/", `Cookie: ${cookie}`))).toBe(`seen 2 from /${file}/form/a%20b`);
    const sent = await gateway.ask(whole("POST", `/${file}/form/a%20b`, upload, parts));
    expect(JSON.parse(bodyOf(sent))).toEqual({ name: "a b", text: "hello", bytes: 3, base: `/${file}` });
    const moved = await ask("/old");
    expect([statusOf(moved), /^Location: (\S+)/im.exec(moved)?.[1]]).toEqual([302, `/${file}/`]);
    expect(bodyOf(await ask("/stream"))).toBe("a\nb\n");
    expect(statusOf(await ask("/refused"))).toBe(403);
    expect(statusOf(await ask("/fails"))).toBe(500);
    expect(statusOf(await ask("/"))).toBe(200);
    const traces = await gateway.ended(8);
    const failed = traces.find(({ response }) => response?.status === 500);
    expect(failed?.stderr && Buffer.from(failed.stderr.read(0, failed.stderr.bytes)).toString()).toContain(
      "on purpose",
    );
  });
});

test.skipIf(!has("perl", "-MDancer2", "-e1"))("Dancer2 (needs Dancer2)", async () => {
  const file = "cgi-bin/dances.pl";
  await using gateway = await serving(file, "psgi", dancer);
  expect(bodyOf(await gateway.ask(whole("GET", `/${file}/`)))).toBe(`dances at /${file}`);
  const form = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 10"];
  expect(bodyOf(await gateway.ask(whole("POST", `/${file}/form/Eve`, form, "text=hello")))).toBe("Eve hello");
});

test.skipIf(!has("ruby", "-rsinatra/base", "-e1"))("Sinatra in its classic form (needs Sinatra)", async () => {
  const file = "cgi-bin/classic.rb";
  await using gateway = await serving(file, "rack", classic);
  for (const _ of [1, 2]) expect(bodyOf(await gateway.ask(whole("GET", `/${file}/hello`)))).toBe("HELLO");
  expect(statusOf(await gateway.ask(whole("GET", `/${file}/`)))).toBe(404);
});
