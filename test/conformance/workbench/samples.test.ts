// Every example whose language is here, through the real gateway: each request of the
// catalogue is answered as the example says.
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LanguageId, Sample, SampleRequest } from "../../../server/contract/samples-contract.js";
import { samples as catalogue } from "../../../server/samples/catalogue.js";
import { languages } from "../../../server/samples/languages.js";
import { Samples } from "../../../server/samples/samples.js";
import "../../support/built-agents.js";
import { bodyOf, headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";

const samples = new Samples({ folder: join(repositoryRoot, "server/samples") });
const isHere = (id: LanguageId): boolean =>
  languages.some((language) => language.id === id && program(language.program) !== null);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({
    config: {
      routes: [{ path: "/sum", file: "cgi-bin/sum.py" }],
      scripts: { "cgi-bin/functions.py": { mode: "handler" } },
    },
  });
  expect(await samples.copy(gateway.folder.path)).toEqual({
    root: gateway.folder.path,
    isNew: true,
    notCompiled: null,
  });
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Sends it as the composer would, each character of the head as a byte; the answer's body is read as `charset`. */
async function send({ method, target, headers, body }: Omit<SampleRequest, "title">, charset: BufferEncoding = "utf8") {
  const bytes = Buffer.from(body);
  const lines = [
    "Connection: close",
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(method === "POST" ? [`Content-Length: ${bytes.length}`] : []),
  ];
  const answer = await gateway.ask(Buffer.concat([Buffer.from(request(method, target, lines), "latin1"), bytes]));
  const head = headOf(answer);
  const chunked = /^transfer-encoding: chunked$/im.test(head);
  const content = chunked ? unchunked(bodyOf(answer)) : bodyOf(answer);
  return {
    status: Number(answer.slice(9, 12)),
    head,
    header: (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? null,
    body: Buffer.from(content, "latin1").toString(charset),
  };
}

function unchunked(text: string): string {
  let content = "";
  for (let at = 0; ; ) {
    const end = text.indexOf("\r\n", at);
    const length = Number.parseInt(text.slice(at, end), 16);
    if (!(length > 0)) return content;
    content += text.slice(end + 2, end + 2 + length);
    at = end + 2 + length + 2;
  }
}

type Answer = Awaited<ReturnType<typeof send>>;
const html = "text/html; charset=utf-8";
const plain = "text/plain; charset=utf-8";

const is =
  (status: number, type: string | null, ...contains: readonly string[]) =>
  (answer: Answer): void => {
    expect(answer.status).toBe(status);
    expect(answer.header("Content-Type")).toBe(type);
    for (const text of contains) expect(answer.body).toContain(text);
  };
const sum = [is(200, plain, "3\n"), is(400, plain, "Give two whole numbers")];
const redirects =
  (status: number, came: string) =>
  (answer: Answer): void => {
    expect(answer.status).toBe(status);
    expect(answer.header("Location")).toBe(`http://localhost:${gateway.port}${came}`);
  };
const stream = (answer: Answer): void => {
  is(200, "text/event-stream; charset=utf-8", "id: 1\nevent: tick\ndata: 1 of 10", "id: 10\n", "event: end\n")(answer);
  expect(answer.body.match(/\n\n/g)).toHaveLength(11);
};

/** For each example, what its requests are answered with, in order. */
const answers: Readonly<Record<string, readonly ((answer: Answer) => void)[]>> = {
  sum: [...sum, is(400, plain)],
  environment: [
    is(
      200,
      html,
      "QUERY_STRING=name=%3Cb%3EAda%3C/b%3E".replaceAll("/", "%2F"),
      "PATH_INFO=/some/path",
      "HTTP_X_OWN=a header of mine",
      "(no body)",
    ),
    is(200, html, "on=stdin", "CONTENT_LENGTH=8"),
  ],
  guestbook: [
    is(200, html, "Nobody has signed yet."),
    redirects(303, "/cgi-bin/guestbook.py"),
    is(422, html, "Both a name and a message, please.", "Jürgen", "Schöne Grüße!", ">Hello</textarea>"),
  ],
  upload: [
    is(200, html, 'enctype="multipart/form-data"'),
    is(200, html, "<b>title</b>: Größe zählt", "“notes.txt”, 13 bytes, said to be text/plain"),
  ],
  cookies: [
    (answer) => {
      is(200, html, "Your first visit")(answer);
      expect(answer.header("Set-Cookie")).toMatch(
        /^visits=1; expires=.*; path=\/cgi-bin\/cookies.php; HttpOnly; SameSite=Lax$/,
      );
    },
    is(200, html, "Visit number 42", "visits=41"),
  ],
  login: [
    is(200, html, "Who are you?"),
    (answer) => {
      redirects(303, "/cgi-bin/login.py")(answer);
      expect(answer.header("Set-Cookie")).toMatch(
        /^session=[\w-]{43}; Max-Age=1800; Path=\/cgi-bin\/login.py; HttpOnly; SameSite=Lax$/,
      );
    },
    is(403, html, "That is not right."),
  ],
  redirect: [
    is(200, html, 'href="/cgi-bin/redirect.pl/local"'),
    is(200, html, "QUERY_STRING=came=local"),
    redirects(302, "/cgi-bin/environment.sh?came=client"),
    redirects(303, "/cgi-bin/environment.sh?came=see-other"),
    redirects(308, "/cgi-bin/environment.sh?came=permanent"),
  ],
  slow: [is(200, plain, "second 0 of 3\nsecond 1 of 3\nsecond 2 of 3\ndone\n")],
  events: [stream, is(200, html, "new EventSource(")],
  encoding: [is(200, html, "Gr\uFFFD\uFFFDe an J\uFFFDrgen"), is(200, html, "Grüße an Jürgen")],
  injection: [is(200, html, "Hello, Ada!"), is(200, html, 'Hello, <h1 style="color:crimson">Closed</h1>!')],
  broken: [(answer) => expect(answer.status).toBe(500)],
  image: [
    (answer) => {
      is(200, "image/png")(answer);
      expect(answer.body.length).toBeGreaterThan(200);
    },
  ],
  counter: [
    is(200, html, "has answered <b>1</b> request. 127.0.0.1 sent nothing."),
    (answer) => {
      is(200, html, "has answered <b>2</b> requests. 127.0.0.1 sent again=yes.")(answer);
      const own = gateway.workers.list().find(({ script }) => script.endsWith("counter.fcgi"));
      expect(own).toMatchObject({ mode: "fastcgi", workers: [{ requests: 2, lastExit: null }] });
    },
  ],
  functions: [
    is(200, plain, "3"),
    is(200, html, 'href="/cgi-bin/functions.py/sum?a=1&amp;b=2"'),
    is(400, plain, "sum needs b."),
    is(404, plain, "no function"),
  ],
  rack: [is(200, plain, "/cgi-bin/clock.ru is served by process"), is(405, plain, "Only GET and HEAD.")],
  "sum-perl": sum,
  "sum-shell": sum,
  "sum-php": sum,
  "sum-ruby": sum,
  "sum-node": sum,
  "sum-lua": sum,
  "sum-tcl": sum,
  "sum-c": sum,
  "events-node": [stream],
  "image-ruby": [is(200, "image/svg+xml; charset=utf-8", "<rect ", "<title>3, 1, 4, 1, 5</title>")],
};

describe("the examples", () => {
  test("each has its answers here", () => {
    expect(Object.keys(answers).sort()).toEqual(catalogue.map(({ id }) => id).sort());
  });

  for (const { id, language, requests } of catalogue) {
    (isHere(language) ? test.concurrent : test.skip)(`${id} (needs ${language})`, async () => {
      for (const [index, what] of requests.entries()) {
        const check = answers[id]?.[index];
        if (!check) throw new Error(`no answer for “${what.title}”`);
        check(await send(what));
      }
    });
  }

  test("not one of them is run in a way that other servers would refuse", async () => {
    const count = catalogue
      .filter(({ language }) => isHere(language))
      .reduce((sum, { requests }) => sum + requests.length, 0);
    const traces = await gateway.ended(count);
    const loud = traces.filter(
      ({ findings, route }) =>
        findings.some(({ severity }) => severity !== "hint") && !String(route.file).endsWith("broken.pl"),
    );
    // What two of them are there for.
    const traps = [
      ["/cgi-bin/encoding.py", ["not-utf-8"]],
      ["/cgi-bin/injection.py", ["input-in-page"]],
    ];
    const found = loud.map(({ request, findings }) => [
      String(request.target).replace(/\?.*/, ""),
      findings.map(({ rule }) => rule),
    ]);
    expect(found).toEqual(isHere("python") ? traps : []);
    expect(
      traces
        .filter(({ script }) => script !== null && script.reasons.length > 0 && script.kind !== "invalid")
        .map(({ request: { target }, script }) => [target, script?.reasons]),
    ).toEqual([]);
  });

  test("the page lists what is here, each link leading to an answer", async () => {
    const page = await send(get("/"));
    const links = [...page.body.matchAll(/<a href="([^"]+)">/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
    expect(links).toHaveLength(catalogue.filter(({ language }) => isHere(language)).length);
    expect(links).toContain("/sum?a=1&b=2");
    expect(links.filter((link) => catalogue.every(({ requests: [first] }) => first?.target !== link))).toEqual([]);
  });

  const page = (target: string, headers: SampleRequest["headers"] = []) => ({ ...get(target), headers });
  const upload = (boundary: string, body: string, disposition = 'form-data; name="title"') => ({
    ...page("/cgi-bin/upload.py", [["Content-Type", `multipart/form-data; boundary=${boundary}`]]),
    method: "POST",
    body: `--${body}\r\nContent-Disposition: ${disposition}\r\n\r\nHello\r\n--${body}--\r\n`,
  });
  const digits = "9".repeat(4300);
  const notNumbers = is(400, plain, "Give two whole numbers");
  const functions = "/cgi-bin/functions.py";
  test.skipIf(!isHere("python")).concurrent.each([
    [
      "a cookie that is not UTF-8",
      page("/cgi-bin/login.py", [["Cookie", "session=\xff"]]),
      is(200, html, "Who are you?"),
    ],
    ["a boundary that is not ASCII", upload("\xc3\xbc", "ü"), is(200, html, "<b>title</b>: Hello")],
    ["a boundary that is not UTF-8", upload("\xfc", "ü"), is(400, plain)],
    [
      "a file name as browsers write it",
      upload("b", "b", String.raw`form-data; name="file"; filename="C:\tmp\new; name=%22x%22.txt"`),
      is(200, html, String.raw`<b>file</b>: the file “C:\tmp\new; name=&quot;x&quot;.txt”, 5 bytes`),
    ],
    ["4300 digits", page(`/cgi-bin/sum.py?a=${digits}&b=1`), notNumbers],
    ["digits with a mark between them", page("/cgi-bin/sum.py?a=1_0&b=1"), notNumbers],
    ["an event's id of 4400 digits", page("/cgi-bin/events.py/stream", [["Last-Event-ID", "9".repeat(4400)]]), stream],
    ["an argument given twice", page(`${functions}/sum?a=1&a=2&b=3`), notNumbers],
    ["a sum of 4301 digits", page(`${functions}/sum?a=${digits}&b=${digits}`), notNumbers],
    ["a name given twice", page(`${functions}/greet?name=Ada&name=Bob`), is(200, html, "Hello, Ada and Bob.")],
    ["a function's links", page(`${functions}/index`), is(200, html, `href="${functions}/greet?name=Ada"`)],
  ] as const)("%s gets its answer (needs python3)", async (_what, asked, check) => check(await send(asked)));

  test.each([
    ["perl", "cgi-bin/broken.pl", "/cgi-bin/broken.pl", "<h1>Fixed</h1>"],
    ["python", "cgi-bin/injection.py", "/cgi-bin/injection.py?name=%3Cb%3E", "Hello, &lt;b&gt;!"],
  ] as const)("what is wrong on purpose in %s is mended as its comment says", async (language, file, target, shown) => {
    if (!isHere(language)) return;
    gateway.folder.write(file, gateway.folder.read(file).replace(/(remove the "#" of the next line\.\n)#/, "$1"));
    is(200, html, shown)(await send(get(target)));
  });

  test.skipIf(!isHere("ruby"))("the Rack application answers HEAD, without a body (needs ruby)", async () => {
    const answer = await send({ ...get("/cgi-bin/clock.ru"), method: "HEAD" });
    is(200, plain)(answer);
    expect(answer.body).toBe("");
    expect((await send({ ...get("/cgi-bin/clock.ru"), method: "PUT" })).header("Allow")).toBe("GET, HEAD");
  });

  test.skipIf(!isHere("python"))(
    "the guestbook takes two at once, escapes, and refuses what it cannot read (needs python3)",
    async () => {
      const sign = (body: string, type = "application/x-www-form-urlencoded") =>
        send({ ...get("/cgi-bin/guestbook.py"), method: "POST", headers: [["Content-Type", type]], body });
      const all = await Promise.all(Array.from({ length: 8 }, (_, n) => sign(`name=n${n}&message=%3Cscript%3E${n}`)));
      expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 303));
      expect((await sign("name=raw&message=Grüße")).status).toBe(303);
      const { body } = await send(get("/cgi-bin/guestbook.py"));
      for (let n = 0; n < 8; n++) expect(body).toContain(`&lt;script&gt;${n}</p>`);
      expect(body).toContain("Grüße</p>");
      expect(body).not.toContain("<script>");
      expect(gateway.folder.read(".data/guestbook.jsonl")).toContain("Grüße");
      expect((await send(get("/.data/guestbook.jsonl"))).status).toBe(403);
      expect((await sign("{}", "application/json")).status).toBe(415);
      expect((await sign(`name=a&message=${"x".repeat(70_000)}`)).status).toBe(413);
      expect((await send({ ...get("/cgi-bin/guestbook.py"), method: "PUT" })).status).toBe(405);
    },
  );

  test.skipIf(!isHere("python"))(
    "a login lasts until the logout, and a made-up session is nobody (needs python3)",
    async () => {
      const page = "/cgi-bin/login.py";
      const post = (body: string, cookie = "") =>
        send({
          method: "POST",
          target: page,
          headers: [
            ["Content-Type", "application/x-www-form-urlencoded"],
            ["Cookie", cookie],
          ],
          body,
        });
      const cookie = (await post("name=ada&password=engine&action=in")).header("Set-Cookie")?.split(";")[0] ?? "";
      const withCookie = (value: string) => send({ ...get(page), headers: [["Cookie", value]] });
      expect((await withCookie(`other=1; ${cookie}`)).body).toContain("Hello, ada");
      expect((await withCookie("session=../../etc/passwd")).body).toContain("Who are you?");
      const out = await post("action=out", cookie);
      expect(out.status).toBe(303);
      expect(out.header("Set-Cookie")).toMatch(/^session=; Max-Age=0; /);
      expect((await withCookie(cookie)).body).toContain("Who are you?");
    },
  );

  test.skipIf(!isHere("python"))(
    "an upload arrives byte for byte, whatever its bytes and name are (needs python3)",
    async () => {
      const bytes = Buffer.from([0, 13, 10, 13, 13, 10, 255, 254, 0x2d, 0x2d, 0x62, 28, 133, 10, 13]);
      const body = Buffer.concat([
        Buffer.from(
          '--b\r\nContent-Disposition: form-data; name="file"; filename="../<ü>.bin"\r\nContent-Type: application/octet-stream\r\n\r\n',
        ),
        bytes,
        Buffer.from("\r\n--b--\r\n"),
      ]);
      const head = request("POST", "/cgi-bin/upload.py", [
        "Connection: close",
        "Content-Type: multipart/form-data; boundary=b",
        `Content-Length: ${body.length}`,
      ]);
      const answer = Buffer.from(await gateway.ask(Buffer.concat([Buffer.from(head), body])), "latin1").toString();
      const digest = createHash("sha256").update(bytes).digest("hex");
      expect(answer).toContain(`“../&lt;ü&gt;.bin”, ${bytes.length} bytes`);
      expect(answer).toContain(digest);
      const cut = await send({
        method: "POST",
        target: "/cgi-bin/upload.py",
        headers: [["Content-Type", "multipart/form-data; boundary=b"]],
        body: "--b\r\nContent-Disp",
      });
      expect(cut.status).toBe(400);
    },
  );

  const mail = "Subject: Hi\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\nHello\r\n--in--\r\n";
  test.skipIf(!isHere("python")).each(["message/rfc822", "multipart/mixed; boundary=in", "multipart/mixed"])(
    "an uploaded file of type %s is not taken apart (needs python3)",
    async (type) => {
      const { status, body } = await send({
        method: "POST",
        target: "/cgi-bin/upload.py",
        headers: [["Content-Type", "multipart/form-data; boundary=b"]],
        body:
          `--b\r\nContent-Disposition: form-data; name="file"; filename="a.eml"\r\nContent-Type: ${type}\r\n\r\n` +
          `${mail}\r\n--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nA mail\r\n--b--\r\n`,
      });
      expect(status).toBe(200);
      expect(body).toContain(`“a.eml”, ${mail.length} bytes, said to be ${type.replace(/;.*/, "")}, SHA-256`);
      expect(body).toContain(createHash("sha256").update(mail).digest("hex"));
      expect(body).toContain("<b>title</b>: A mail");
    },
  );
});

const get = (target: string): Omit<Sample["requests"][number], "title"> => ({
  method: "GET",
  target,
  headers: [],
  body: "",
});

describe("templates", () => {
  for (const { id, program: name, extension } of languages) {
    const target = `/cgi-bin/hello${id === "c" ? "" : extension}`;
    test.skipIf(!isHere(id))(
      `a new script in ${id} answers, and escapes what it is given (needs ${name})`,
      async () => {
        const template = (await samples.overview()).languages.find((language) => language.id === id)?.template;
        expect(template?.extension).toBe(extension);
        if (id === "c") {
          gateway.file("c/hello.c", template?.text ?? "");
          expect(await samples.compile(gateway.folder.path, "c/hello.c")).toBe("cgi-bin/hello");
        } else gateway.script(`cgi-bin/hello${extension}`, template?.text ?? "");
        const answer = await send(get(`${target}?name=%3CJ%C3%BCrgen%3E`));
        expect(answer.status).toBe(200);
        expect(answer.header("Content-Type")).toMatch(/^text\/(plain|html); charset=utf-8$/);
        expect(answer.body).toMatch(
          answer.header("Content-Type") === html ? /<h1>Hello, &(lt|#60);Jürgen&(gt|#62);!<\/h1>/ : /Hello from /,
        );
        // A query that browsers would have percent-encoded, or in another charset, or wrongly.
        for (const query of ["name=J\xc3\xbcrgen", "name=\xfc", "name=%FC", "name=50%"]) {
          const { status, header, body } = await send(get(`${target}?${query}`), "latin1");
          expect([query, status, body !== ""]).toEqual([query, 200, true]);
          // The plain ones show the query as it came.
          if (header("Content-Type") === html)
            expect([query, isUtf8(Buffer.from(body, "latin1"))]).toEqual([query, true]);
        }
      },
    );
  }
});
