// What a run of saved requests makes of values, files and names that a file of requests does not show.
import { mkdirSync, readFileSync, rmdirSync, symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { SavedResult } from "../../../server/contract/saved-contract.js";
import { dynamicValue } from "../../../server/features/saved/dynamic-values.js";
import { mistakesOf, requestFileOf } from "../../../server/features/saved/request-files.js";
import { storePath } from "../../../server/store/store-path.js";
import { coded } from "../../support/coded.js";
import { type RpcClient, type RpcWindows, rpcWindows } from "../../support/rpc-windows.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let workbench: Workbench;
let windows: RpcWindows;
let client: RpcClient;
beforeEach(async () => {
  folder = tempFolder();
  folder.write("echo.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\ncat\n");
  folder.makeExecutable("echo.cgi");
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  windows = await rpcWindows(workbench, "port");
  ({ client } = await windows.open());
});
afterEach(async () => {
  await windows[Symbol.asyncDispose]();
  await workbench.dispose();
  folder[Symbol.dispose]();
});

async function run(text: string | Uint8Array): Promise<SavedResult[]> {
  folder.write("a.http", text);
  const results: SavedResult[] = [];
  for await (const { result } of await client.saved.run({ file: "a.http", environment: null })) results.push(result);
  return results;
}
const codes = (results: readonly SavedResult[]): string[][] =>
  results.map(({ failures }) => failures.map(({ why }) => why.code));
function sentBody(result: SavedResult | undefined): string {
  const body = workbench.traces.get(result?.trace ?? "")?.request.body;
  return Buffer.from(body?.read(0, body.captured) ?? []).toString("latin1");
}

describe("a target", () => {
  test.each(["abc HTTP/1.1\nX-Evil: 1\nY: z", "with space", "a\tb", "a\x7f"])(
    "that a captured value %j would end is not sent",
    async (value) => {
      const capture = `# @capture tok = body\nPOST /echo.cgi\n\nx${value}x\n###\n`;
      const results = await run(`${capture}GET /echo.cgi?t={{tok}}\n###\nPOST /echo.cgi\n\n{{tok}}\n`);
      expect(codes(results)).toEqual([[], ["space-in-target"], []]);
      expect(results[1]?.trace).toBeNull();
      expect(sentBody(results[2])).toBe(`x${value}x`);
    },
  );

  test("has any other value", async () => {
    const results = await run("@word = %20é{}\nGET /echo.cgi?t={{word}}\n");
    expect(results).toMatchObject([{ passed: true, target: "/echo.cgi?t=%20é{}" }]);
  });
});

describe("an NPH script", () => {
  const script = (name: string, text: string): void => {
    folder.write(name, `#!/bin/sh\n${text}\n`);
    folder.makeExecutable(name);
  };

  test("may end its lines with line feeds alone: its body is asserted and captured", async () => {
    script("nph-x.sh", "printf 'HTTP/1.0 200 OK\\nA: b\\n\\ntoken=7'");
    const results = await run(`# @assert body == token=7
# @capture token = body matches /token=(.+)/
GET /nph-x.sh
###
# @assert body == 7
POST /echo.cgi

{{token}}
`);
    expect(results).toMatchObject([{ passed: true, status: 200, captured: ["token"] }, { passed: true }]);
  });

  test("that wrote no status line fails, whatever is asserted but its response", async () => {
    script("nph-x.sh", "printf x");
    const [result] = await run("# @assert took < 1000s\n# @assert stderr empty\nGET /nph-x.sh\n");
    expect(result).toMatchObject({ status: 0, failures: [{ text: "status < 500", got: null }] });
  });

  test("whose headers do not end within 2 MiB is a request like any other", async () => {
    script("nph-x.sh", "printf 'HTTP/1.0 200 OK\\n'; head -c 2097152 /dev/zero | tr '\\0' a");
    const results = await run("# @assert body contains aaa\nGET /nph-x.sh\n###\nGET /echo.cgi\n");
    expect(results).toMatchObject([
      { passed: true, outcome: "ok" },
      { passed: true, status: 200 },
    ]);
  });
});

test("stderr that was not kept is neither empty nor without a word", async () => {
  folder.write("cgi-workbench.json", '{"limits": {"captureBytes": 4}}');
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  folder.write("loud.cgi", "#!/bin/sh\necho 'a Traceback' >&2\nprintf 'Content-Type: text/plain\\n\\n'\n");
  folder.makeExecutable("loud.cgi");
  const [result] = await run("# @assert stderr lacks Traceback\nGET /loud.cgi\n");
  const data = { assertion: "stderr lacks Traceback", captured: 4, bytes: 12 };
  expect(result?.failures).toMatchObject([{ why: coded("stderr-cut", data) }]);
});

describe("the lines of a body", () => {
  const multipart = "Content-Type: multipart/form-data; boundary=B\n";
  const part = '--B\nContent-Disposition: form-data; name="a"\n\nb\n--B--\n';
  const form = "Content-Type: application/x-www-form-urlencoded\n";

  test.each([
    ["of a multipart form end with CRLF", multipart, part, part.replaceAll("\n", "\r\n")],
    ["of a form that begin with & join the one before", form, "a=1\n&b=2\nc\n&d=3\n", "a=1&b=2\nc&d=3"],
    ["of other bodies stay as they are", "", "a=1\n&b=2\n", "a=1\n&b=2"],
  ])("%s", async (_, type, body, sent) => {
    const text = `POST /echo.cgi\n${type}\n${body}`;
    const results = [...(await run(text)), ...(await run(text.replaceAll("\n", "\r\n")))];
    expect(results.map(sentBody).map((one) => (type === multipart ? one : one.replaceAll("\r", "")))).toEqual([
      sent,
      sent,
    ]);
  });

  test("of a value or another file stay as they are", async () => {
    folder.write("part", part);
    folder.write("http-client.env.json", JSON.stringify({ $shared: { part } }));
    const results = await run(`POST /echo.cgi\n${multipart}\n< ./part\n###\nPOST /echo.cgi\n${multipart}\n{{part}}\n`);
    expect(results.map(sentBody)).toEqual([part, `${part}\r\n`]);
  });
});

describe("files as parts of a multipart body", () => {
  const head = "POST /echo.cgi\nContent-Type: multipart/form-data; boundary=Edge\n\n";

  test("are sent as they are, with CR LF around them", async () => {
    const bytes = Buffer.from([0, 10, 13, 255, 123, 123, 120, 125, 125]);
    folder.write("one.bin", bytes);
    folder.write("two.txt", "a {{x}}\n");
    const disposition = 'Content-Disposition: form-data; name="{{x}}"';
    const text = `@x = 7\n${head}--Edge\n${disposition}\n\n< ./one.bin\n--Edge\n${disposition}\n\n<@ ./two.txt\n--Edge--\n\n### b\nGET /echo.cgi\n`;
    const results = await run(text);
    expect(codes(results)).toEqual([[], []]);
    const filled = disposition.replace("{{x}}", "7");
    const parts = ["--Edge", filled, "", bytes.toString("latin1"), "--Edge", filled, "", "a 7\n", "--Edge--", ""];
    expect(sentBody(results[0])).toBe(parts.join("\r\n"));
  });

  test.each([
    [`${head}--Edge\n\n< ./missing\n--Edge--\n`, "body-file-missing"],
    [`${head}--Edge\n\n< ../outside\n--Edge--\n`, "body-file-outside"],
    [`${head}--Edge\n\n< ./.hidden\n--Edge--\n`, "body-file-unserved"],
    ["POST /echo.cgi\n\nbefore\n< ./one.bin\n", "file-in-body"],
    ['curl -X PUT http://127.0.0.1:8080/echo.cgi -H "X-A: 1"\n', "curl-command"],
    ["POST /echo.cgi\nX-REQUEST-TYPE: GraphQL\n\nquery { a }\n", "graphql-request"],
    ["GRAPHQL http://127.0.0.1:8080/echo.cgi\n\nquery { a }\n", "graphql-request"],
  ])("what cannot be sent fails alone, and the next request is sent: %j", async (text, code) => {
    folder.write(".hidden", "secret");
    const results = await run(`${text}\n### next\n# @assert status == 200\nGET /echo.cgi\n`);
    expect(codes(results)).toEqual([[code], []]);
    expect(results[0]?.trace).toBeNull();
  });
});

describe("a file that cannot be read", () => {
  test("as a body fails its request alone", async () => {
    folder.makeFolder("data");
    folder.write("big.bin", Buffer.alloc((16 << 20) + 1));
    symlinkSync("/etc/hostname", folder.file("out"));
    const paths = ["./data", "./data/", "./big.bin", "./big.bin/x", "./out", "./none", "./a\0b"];
    const results = await run(
      `${paths.map((path) => `POST /echo.cgi\n\n< ${path}\n###\n`).join("")}POST /echo.cgi\n\nx\n`,
    );
    expect(codes(results)).toEqual([
      ...[["not-a-file"], ["not-a-file"], ["body-file-too-large"], ["body-file-missing"], ["outside"]],
      ...[["body-file-missing"], ["file-system"], []],
    ]);
    expect(results.at(-1)).toMatchObject({ passed: true });
  });

  test("or that the server never serves, also behind a link, is no body of a request (D7)", async () => {
    folder.makeFolder("data/.git");
    for (const path of [".env", "data/.git/config", "old.bak", "http-client.private.env.json", "of.http-body", "a.txt"])
      folder.write(path, path.endsWith(".json") ? "{}" : "KEY=1");
    symlinkSync(".env", folder.file("visible"));
    const paths = [".env", "./data/.git/config", "old.bak", "http-client.private.env.json", "visible"];
    const text = [...paths, "of.http-body", "a.txt"].map((path) => `POST /echo.cgi\n\n< ${path}\n###\n`).join("");
    expect(codes(await run(text))).toEqual([...paths.map(() => ["body-file-unserved"]), [], []]);
  });

  test("is listed with that mistake, beside all other files", async () => {
    folder.write("big.http", Buffer.alloc((8 << 20) + 1, "#"));
    folder.write("good.http", "GET /\n");
    expect((await client.saved.list()).files).toMatchObject([
      { path: "big.http", requests: [], mistakes: [{ line: 1, column: 1, why: { code: "too-large" } }] },
      { path: "good.http", requests: [{ name: "GET /" }], mistakes: [] },
    ]);
    const refused = await client.saved.run({ file: null, environment: null }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ data: { code: "requests-invalid", data: { path: "big.http" } } });
  });
});

test("environments that cannot be read are a mistake of theirs: the requests are listed", async () => {
  folder.write("http-client.env.json", Buffer.alloc((8 << 20) + 1, " "));
  folder.write("good.http", "GET /\n");
  const { files, environments, environmentMistake } = await client.saved.list();
  expect([files.length, environments]).toEqual([1, []]);
  const facts = { path: "http-client.env.json", sizeBytes: (8 << 20) + 1, maxBytes: 8 << 20 };
  expect(environmentMistake).toMatchObject({ code: "too-large", data: facts });
});

test("many mistakes of one file are placed in one walk over it", () => {
  const mistakes = mistakesOf(requestFileOf("a.http", "# @assert x\n".repeat(20_000)));
  expect(mistakes.slice(-2).map(({ line }) => line)).toEqual([19_999, 20_000]);
});

describe("a file that is not UTF-8", () => {
  test("sends and expects its bytes as they are; values from elsewhere are UTF-8", async () => {
    folder.write("http-client.env.json", '{"$shared": {"town": "Köln", "größe": "ß"}}');
    const text = `@city = K\xf6ln
@both = {{city}} {{town}}
# @assert body contains K\xf6ln
# @assert body contains variable={{city}}
# @assert body matches /=K\xf6ln&/
# @assert body contains "\\u20ac"
# @assert body lacks nothing
POST /echo.cgi

literal=K\xf6ln&variable={{city}}&{{both}}&{{gr\xf6\xdfe}}&\xe2\x82\xac
`;
    const [result] = await run(Buffer.from(text, "latin1"));
    expect(result?.failures).toEqual([]);
    const town = "K\xc3\xb6ln";
    expect(sentBody(result)).toBe(`literal=K\xf6ln&variable=K\xf6ln&K\xf6ln ${town}&\xc3\x9f&\xe2\x82\xac`);
  });

  test("sends a target that ends with the byte A0 whole", async () => {
    const [result] = await run(Buffer.from("# K\xf6ln\nGET /echo.cgi?q=voil\xc3\xa0\n", "latin1"));
    expect(workbench.traces.get(result?.trace ?? "")?.request.target).toBe("/echo.cgi?q=voil\xc3\xa0");
  });

  test("shows what it expected as it is there", async () => {
    const [result] = await run(Buffer.from("# @assert body == K\xf6ln\nPOST /echo.cgi\n\nK\xf6nig\n", "latin1"));
    expect(result?.failures).toMatchObject([{ expected: "== Köln", got: "König" }]);
  });

  test("shows no secret from elsewhere, whose bytes are UTF-8", async () => {
    folder.write("http-client.private.env.json", '{"$shared": {"p": "pässwört"}}');
    const text = "# @assert body == {{p}}\nPOST /echo.cgi\n\n\xf6\xe2{{p}}\xf6\n";
    const [result] = await run(Buffer.from(text, "latin1"));
    expect(result?.failures).toMatchObject([{ expected: "== •••", got: "öâ•••ö" }]);
  });
});

test.each([
  ["Basic voilà:città", "voilà:città"],
  ["Basic {{user}}:{{ password }}", "Ada Lovelace:a b:c"],
  ["Basic {{user}} {{password}}", "Ada Lovelace:a b:c"],
  ["Basic {{ pair }}", "ada:a b"],
])("%s is encoded as the user's name and the password", async (value, pair) => {
  const variables = "@user = Ada Lovelace\n@password = a b:c\n@pair = ada:a b\n";
  const [result] = await run(`${variables}GET /echo.cgi\nAuthorization: ${value}\n`);
  const head = workbench.traces.get(result?.trace ?? "")?.request.head;
  expect(head).toContain(`Authorization: Basic ${Buffer.from(pair).toString("base64")}\r\n`);
});

describe("a value that is new for each request", () => {
  const now = new Date("2024-03-31T12:00:00.500Z");
  test.each([
    ["$timestamp", "2024-03-31T12:00:00Z"],
    ["$timestamp -3 h", "2024-03-31T09:00:00Z"],
    ["$timestamp 2 w", "2024-04-14T12:00:00Z"],
    ["$timestamp -501 ms", "2024-03-31T11:59:59Z"],
    ["$timestamp -1 M", "2024-02-29T12:00:00Z"],
    ["$timestamp 1 y", "2025-03-31T12:00:00Z"],
  ])("%s is %s", (name, time) => {
    expect(dynamicValue(name, now)).toBe(String(Date.parse(time) / 1000));
  });

  const misspelt = [
    "$timestamp -3",
    "$timestamp h",
    "$timestamp -3 hours",
    "$timestamp 999999999 y",
    "$timestamp 1 h x",
  ];
  test.each([...misspelt, "$uuid 4", "$isoTimestamp -1 d", "$randomInt 1 2 3", "$randomInt 2 1"])(
    "%s has none",
    (name) => {
      expect(dynamicValue(name, now)).toBeNull();
    },
  );
});

test("a variable of an environment may have letters of any language in its name", async () => {
  folder.write("http-client.env.json", '{"$shared": {"größe": "ß", "имя": "x", "2fa": "2"}}');
  const body = "{{größe}}{{имя}}{{2fa}}{{7*7}}"; // the last one may be a part of a template
  const results = await run(
    `# @assert body == ${body}\nPOST /echo.cgi\n\n${body}\n###\nGET /{{maß}}{{имени}}{{3fa}}\n`,
  );
  expect(results[0]).toMatchObject({ passed: true });
  expect(sentBody(results[0])).toBe("\xc3\x9fx2{{7*7}}");
  const unknown = ["maß", "имени", "3fa"].map((name) => ({ why: coded("variable-unknown", { name }) }));
  expect(results[1]?.failures).toMatchObject(unknown);
});

test("a capture that finds nothing takes the earlier value away", async () => {
  const results = await run(
    "# @capture t = body\nPOST /echo.cgi\n\nx\n###\n# @capture t = field X-A\nGET /echo.cgi\n###\nGET /echo.cgi?{{t}}\n",
  );
  expect(codes(results)).toEqual([[], ["capture-failed"], ["variable-unknown"]]);
});

test("an expression has the values of its variables, and may name its flags; a secret in it is not shown", async () => {
  folder.write("http-client.private.env.json", '{"$shared": {"p": "p$ss.w"}}');
  const results = await run(`@who = a.*+b
# @assert body matches /(?i)Q={{who}}$/
# @assert body matches /q={{who}}b/
# @assert body matches /q={{none}}/
# @assert body matches /(?P<a{{p}})/
POST /echo.cgi

q={{who}}
###
# @assert body matches /{{p}}x/
POST /echo.cgi

p$ss.w
`);
  expect(codes(results)).toEqual([
    ["assertion-failed", "variable-unknown", "expression-unusable"],
    ["assertion-failed"],
  ]);
  expect(results[0]?.failures[0]).toMatchObject({ expected: "matches /q=a\\.\\*\\+bb/", got: "q=a.*+b" });
  expect(results[1]?.failures).toMatchObject([{ expected: "matches /•••x/", got: "•••" }]);
  // An id holds the time in letters.
  expect(JSON.stringify(results.map((result) => ({ ...result, trace: null })))).not.toMatch(/ss\\*.w/);
});

test("a file's own variables whose names call them secret are not shown; what they are made of is no secret", async () => {
  const results = await run(`@word = hunter
@token = hunter2
@auth = {{word}}
# @assert body == x
POST /echo.cgi?t={{token}}&u={{auth}}

{{token}} {{word}}
`);
  expect(results).toMatchObject([{ target: "/echo.cgi?t=•••&u=hunter", failures: [{ got: "••• hunter" }] }]);
  expect((await client.saved.list()).ran.map(({ result }) => result)).toEqual(results);
});

test("a file's own short values and its authors are shown, whatever their names", async () => {
  const results = await run(`@session = 1
@author = alice
@authorization = hunter2
# @assert status == 211
GET /echo.cgi?s={{session}}&a={{author}}&t={{authorization}}&n=1
`);
  const target = "/echo.cgi?s=1&a=alice&t=•••&n=1";
  expect(results).toMatchObject([{ target, failures: [{ expected: "== 211" }] }]);
  expect((await client.saved.list()).ran.map(({ result }) => result)).toEqual(results);
});

test("a captured value whose name calls it secret is shown nowhere, from the request on that captures it", async () => {
  const results = await run(`# @capture user = body matches /user=(\\w+)/
# @capture api_token = body matches /token=(\\w+)/
# @assert body == x
POST /echo.cgi

user=grace&token=abcdef123456
###
# @assert body == {{api_token}}!
POST /echo.cgi?t={{api_token}}&u={{user}}

{{api_token}} {{user}}
`);
  expect(results).toMatchObject([
    { captured: ["user", "api_token"], failures: [{ got: "user=grace&token=•••" }] },
    { target: "/echo.cgi?t=•••&u=grace", failures: [{ expected: "== •••!", got: "••• grace" }] },
  ]);
  expect(sentBody(results[1])).toBe("abcdef123456 grace");
  const { ran } = await client.saved.list();
  expect(ran.map(({ result }) => result)).toEqual(results);
  expect(JSON.stringify(ran)).not.toContain("abcdef123456");
});

test("a captured secret is shown nowhere after it was replaced or removed, too", async () => {
  const capture = "# @capture token = body matches /token=(.+)/\nPOST /echo.cgi\n\n";
  const repeat = "# @assert body == x\nPOST /echo.cgi\n\nfirst-1 second-2\n";
  const results = await run(
    [`${capture}token=first-1\n`, `${capture}token=second-2\n`, `${capture}x\n`, repeat].join("###\n"),
  );
  expect(results[3]?.failures).toMatchObject([{ got: "••• •••" }]);
  expect(JSON.stringify((await client.saved.list()).ran)).not.toMatch(/first-1|second-2/);
});

test("an assertion beside a capture has the value before it, and a request keeps its name whatever is captured", async () => {
  const results = await run(`# @capture token = body
POST /echo.cgi

page

### page
# @capture token = body
# @assert body != {{token}}
POST /echo.cgi

next
`);
  expect(results).toMatchObject([{ passed: true }, { passed: true, name: "page" }]);
  expect((await client.saved.list()).ran.map(({ result }) => result)).toEqual(results);
});

test("results that cannot be written are listed while the workbench runs, and written when they can be", async () => {
  const path = `${storePath(folder.path)}.runs.json`;
  const listed = async () => (await client.saved.list()).ran.map(({ result, before }) => [result, before]);
  mkdirSync(path, { recursive: true }); // which no file replaces
  const [first] = await run("GET /echo.cgi\n");
  expect(await listed()).toEqual([[first, null]]);
  const [second] = await run("GET /echo.cgi\n");
  expect(await listed()).toEqual([[second, first]]);
  rmdirSync(path);
  const [third] = await run("GET /echo.cgi\n");
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ runs: [{ result: third, before: second }] });
  expect(await listed()).toEqual([[third, second]]);
});

test("requests whose titles have secrets are listed without them, each with its result", async () => {
  folder.write("http-client.private.env.json", '{"dev": {"a": "hunter2", "b": "hunter3"}}');
  const results = await run("GET /echo.cgi?hunter2\n###\n### as hunter2\nGET /echo.cgi\n###\nGET /echo.cgi?hunter3\n");
  const { files, ran } = await client.saved.list();
  expect(files[0]?.requests).toMatchObject([
    { name: "GET /echo.cgi?•••", target: "/echo.cgi?•••" },
    { name: "as •••" },
    { name: "GET /echo.cgi?•••" },
  ]);
  expect(ran.map(({ nth, result }) => [result.name, nth])).toEqual([
    ["GET /echo.cgi?•••", 0],
    ["as •••", 0],
    ["GET /echo.cgi?•••", 1],
  ]);
  expect(ran.map(({ result }) => result)).toEqual(results);
});
