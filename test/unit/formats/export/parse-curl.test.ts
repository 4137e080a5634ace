import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../../../server/contract/base64.js";
import { curlCommand } from "../../../../server/formats/export/curl-command.js";
import { parseCurl } from "../../../../server/formats/export/parse-curl.js";
import { shellWord } from "../../../../server/formats/export/shell-word.js";
import { shellWords } from "../../../../server/formats/export/shell-words.js";
import { byteString, utf8 } from "../../../../server/protocol/byte-string.js";
import { growth, linearAtMost, ratio } from "../../../support/growth.js";
import { anyBytes } from "../../protocol/arbitraries.js";
import { anyRequest, origin } from "./requests.js";

const parsed = (command: string) => {
  const result = parseCurl(command);
  if (!result.ok) throw new Error(`${result.why}\n${command}`);
  return result.request;
};
const why = (command: string): string => {
  const result = parseCurl(command);
  return result.ok ? "" : result.why;
};

/** Written again for the body that is sent. */
const framing: ReadonlySet<string> = new Set(["Content-Length", "Transfer-Encoding"]);

describe("a pasted cURL command", () => {
  test("that was copied here is the same request again", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const command = curlCommand(request, origin);
        const { method, target, headers, body } = parsed(command);
        const kept = request.headers.filter(
          ([name, value]) => !framing.has(name) && `${name}${value}` !== "Host127.0.0.1:8080",
        );
        expect({ method, target, headers, body: body ?? "" }).toEqual({
          method: request.method,
          target: request.target,
          headers: kept,
          body: request.body,
        });
      }),
      { numRuns: 400 },
    );
  });

  test("as browsers copy it", () => {
    const command = `curl 'http://localhost:8080/cgi-bin/guestbook.py?page=2' \\
  -H 'Accept: text/html' \\
  -H 'Cookie: session=1; theme=dark' \\
  -H $'X-Odd: it\\'s \\u00fc' \\
  --data-raw $'name=J%C3%BCrgen&said=line\\r\\nline' \\
  --compressed \\
  --insecure`;
    expect(parsed(command)).toEqual({
      method: "POST",
      target: "/cgi-bin/guestbook.py?page=2",
      headers: [
        ["Accept", "text/html"],
        ["Cookie", "session=1; theme=dark"],
        ["X-Odd", utf8("it's ü")],
        ["Accept-Encoding", "deflate, gzip"],
        ["Content-Type", "application/x-www-form-urlencoded"],
      ],
      body: "name=J%C3%BCrgen&said=line\r\nline",
      origin: "http://localhost:8080",
      notes: [],
    });
  });

  test.each([
    ["curl localhost:8080", { method: "GET", target: "/", body: null, headers: [] }],
    ["$ curl -sSi http://h/a?x=1&y=2#top", { method: "GET", target: "/a?x=1&y=2" }],
    ["curl -I http://h/a", { method: "HEAD" }],
    [
      "curl -XPUT http://h/a -d a=1 -d 'b=2'",
      { method: "PUT", body: "a=1&b=2", headers: [["Content-Type", "application/x-www-form-urlencoded"]] },
    ],
    [
      "curl -G http://h/a?z=0 -d a=1 --data-urlencode 'b=ü &'",
      { method: "GET", target: "/a?z=0&a=1&b=%C3%BC+%26", body: null, headers: [] },
    ],
    // As cURL 7.88 does it.
    ["curl http://h/ --data-urlencode 'q=a b&c'", { body: "q=a+b%26c" }],
    ["curl http://h/ --data-urlencode 'a b'", { body: "a+b" }],
    ["curl http://h/ --data-urlencode '=a=b'", { body: "a%3Db" }],
    ["curl http://h/ --data-urlencode 'user@x.test=@a'", { body: "user@x.test=%40a" }],
    ["curl -G -d a=b 'http://h/?'", { target: "/?a=b" }],
    ["curl -G -d a=b 'http://h/?x=1&'", { target: "/?x=1&a=b" }],
    [
      `curl -G --json '{"a":1}' -H Accept: http://h/`,
      { method: "GET", target: '/?{"a":1}', headers: [["Content-Type", "application/json"]] },
    ],
    ["curl -e 'http://x/;auto' http://h/", { headers: [["Referer", "http://x/"]] }],
    ["curl -e ';auto' http://h/", { headers: [] }],
    // Chrome copies brackets and braces so.
    [
      String.raw`curl 'http://\[::1\]/a?tags\[\]=1&b=\{"x":1,"y":2\}&c=\('`,
      { origin: "http://[::1]", target: String.raw`/a?tags[]=1&b={"x":1,"y":2}&c=\(` },
    ],
    [String.raw`curl -g 'http://h/a?tags\[\]=1'`, { target: String.raw`/a?tags\[\]=1` }],
    ["curl -g 'http://h/{a,b}[1-2]'", { target: "/{a,b}[1-2]" }],
    [
      "curl -H 'Transfer-Encoding: chunked' -d a=1 http://h/",
      { body: "a=1", headers: [["Content-Type", "application/x-www-form-urlencoded"]], notes: [expect.any(String)] },
    ],
    ["curl -u ada:secret http://h/", { headers: [["Authorization", "Basic YWRhOnNlY3JldA=="]] }],
    ["curl --basic -u ada:secret http://h/", { headers: [["Authorization", "Basic YWRhOnNlY3JldA=="]] }],
    [
      "curl -A me -e http://x/ -b a=1 -b b=2 http://h/",
      {
        headers: [
          ["User-Agent", "me"],
          ["Referer", "http://x/"],
          ["Cookie", "a=1; b=2"],
        ],
      },
    ],
    [
      `curl --json '{"a":1}' http://h/`,
      {
        method: "POST",
        body: '{"a":1}',
        headers: [
          ["Content-Type", "application/json"],
          ["Accept", "application/json"],
        ],
      },
    ],
    ["curl -H 'Content-Type:' -d x http://h/", { headers: [], body: "x" }],
    ["curl -H 'X-Empty;' -H 'Accept:' http://h/", { headers: [["X-Empty", ""]] }],
    [
      "curl http://user@h:81/a/../b",
      { target: "/a/../b", origin: "http://h:81", headers: [["Authorization", "Basic dXNlcjo="]] },
    ],
    ["curl http://ada:secret@h/x", { target: "/x", headers: [["Authorization", "Basic YWRhOnNlY3JldA=="]] }],
    ["curl http://a%40b:p%3aq%zz@h/", { headers: [["Authorization", "Basic YUBiOnA6cSV6eg=="]] }],
    ["curl http://@h/", { headers: [["Authorization", "Basic Og=="]] }],
    ["curl -u x:y http://ada:secret@h/", { headers: [["Authorization", "Basic eDp5"]] }],
    ["curl -H 'Authorization: Q' http://ada:secret@h/", { headers: [["Authorization", "Q"]] }],
    ["curl http://h/a \\\n", { target: "/a" }],
    ["curl http://h/a\\\n \\\n", { target: "/a" }],
    ["curl http://h/ -d a\\\\", { body: "a\\" }],
    ["curl -0 http://h/", { notes: [expect.any(String)] }],
    ["curl --http1.0 http://h/", { notes: [expect.any(String)] }],
    ["printf 'a\\000b\\r\\n' | curl --data-binary @- http://h/", { body: "a\0b\r\n" }],
    ["echo AAE= | base64 -d | curl --data-binary @- http://h/", { body: "\0\x01" }],
  ])("%s", (command, expected) => {
    expect(parsed(command)).toMatchObject(expected);
  });

  test("a form becomes a multipart body", () => {
    const { headers, body } = parsed(`curl -F name=Ada -F 'note=a;type=text/markdown' http://h/`);
    const [, boundary = ""] = /boundary=(.*)/.exec(headers[0]?.[1] ?? "") ?? [];
    expect(body).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n--${boundary}\r\nContent-Disposition: form-data; name="note"\r\nContent-Type: text/markdown\r\n\r\na\r\n--${boundary}--\r\n`,
    );
  });

  test.each([
    ["multipart/form-data", /^multipart\/form-data; boundary=([^;]+)$/],
    ["multipart/form-data; boundary=xyz", /^multipart\/form-data; boundary=(xyz)$/],
    ['multipart/form-data; boundary="x y"', /^multipart\/form-data; boundary="(x y)"$/],
  ])("a form's body has the boundary of its typed Content-Type %s", (type, expected) => {
    const { headers, body } = parsed(`curl -F a=b -H 'Content-Type: ${type}' http://h/`);
    expect(headers).toEqual([["Content-Type", expect.stringMatching(expected)]]);
    const [, boundary] = expected.exec(headers[0]?.[1] ?? "") ?? [];
    expect(body).toMatch(new RegExp(`^--${boundary}\r\n[^]*\r\n--${boundary}--\r\n$`));
  });

  test("that is quoted for Windows' cmd is refused, and not one that sends such marks", () => {
    for (const command of ['curl ^"http://h/^"', 'curl "http://h/" ^\r\n  -H "a: b"', "curl http://h/?a=1^&b=2"])
      expect(why(command)).toContain("(bash)");
    expect(parsed(`curl http://h/a^b -d 'a^"' -d "b^&"`)).toMatchObject({ target: "/a^b", body: 'a^"&b^&' });
  });

  test("with a long run of spaces in a header is read in linear time", () => {
    const command = (spaces: number): string => `curl -H 'X: a${" ".repeat(spaces)}b' http://h/`;
    expect(ratio(command(500), command(500 * growth), parseCurl)).toBeLessThan(linearAtMost);
  });

  test("of ten megabytes is read, and no mark is searched with an expression's stack", () => {
    const body = byteString("some text\n".repeat(1.05 * 1024 * 1024));
    const request = { method: byteString("POST"), target: byteString("/"), httpVersion: "1.1", headers: [], body };
    expect(parsed(curlCommand(request, origin)).body === body).toBe(true);
    expect(why(`printf '%s' '${body}`)).toContain("no cURL command");
    for (const start of ["'", '"', "$'", "\"$(printf '"])
      expect(why(`curl --data-raw ${start}${body}`)).toMatch(/never closed|only a shell/);
  });

  test("gets its input with quotation marks in it", () => {
    expect(parsed("printf '%s' ''\\''it'\\''s'\\''' | curl --data-binary @- http://h/").body).toBe("'it's'");
    expect(parsed("printf '%s' '' | curl --data-binary @- http://h/").body).toBe("");
  });

  test("what names a file of headers or cookies is reported", () => {
    const { headers, notes } = parsed(
      "curl -H @headers.txt -H '@a: b' -b cookies.txt -b '@a=b' -b a=1 -b '' http://h/",
    );
    expect(headers).toEqual([["Cookie", "a=1"]]);
    expect(notes).toEqual([
      "The option -H @headers.txt is left out: it names a file.",
      "The option -H @a: b is left out: it names a file.",
      "The option -b cookies.txt is left out: it names a file.",
      "The option -b @a=b is left out: it names a file.",
    ]);
  });

  test.each([
    [
      `curl "http://h/" -H "Content-Type: application/json" --data-binary "{""name"":""Ada"",""n"":1}"`,
      /^Two quotation/,
    ],
    ["curl http://h/echo.py?app=1&channel=3", /^The address has an &/],
  ])("what another shell would read otherwise is remarked: %s", (command, note) => {
    expect(parsed(command).notes).toEqual([expect.stringMatching(note)]);
  });

  test.each([
    `curl "http://h/?a=1&b=2" -H "X:" -d '{""name"": 1}' -d ""`,
    `curl 'http://h/?a=1&b=2' -d "say \\"\\" twice"`,
    "curl http://h/?a=1\\&b=2",
  ])("what all read alike is not: %s", (command) => {
    expect(parsed(command).notes).toEqual([]);
  });

  test.each([
    ['Invoke-WebRequest -UseBasicParsing -Uri "http://127.0.0.1:8080/"', "a PowerShell command"],
    ["$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession", "a PowerShell command"],
    ['fetch("http://127.0.0.1:8080/", { "method": "GET" });', "fetch"],
  ])("the command of another program is named: %s", (command, is) => {
    expect(parseCurl(command)).toMatchObject({ ok: false, why: expect.stringContaining(is) });
  });

  test("what cannot be imported is reported", () => {
    expect(parsed("curl -L http://h/ | jq .").notes).toEqual([
      "The option -L is left out.",
      "What follows the command is left out: | jq .",
    ]);
    expect(why("wget http://h/")).toContain("no cURL command");
    expect(why("curl http://h/ -d @body.json")).toContain("file body.json");
    expect(why("curl http://h/ --data-urlencode a@body.txt")).toContain("file body.txt");
    expect(why("curl http://h/ -F f=@a.png")).toContain("file a.png");
    expect(why('curl "http://$HOST/"')).toContain("shell");
    expect(why("curl 'http://h/")).toContain("never closed");
    expect(why("curl --frobnicate http://h/")).toContain("--frobnicate");
    expect(why("curl http://h/ -H")).toContain("lacks its value");
    expect(why("curl http://a/ http://b/")).toContain("more than one");
    expect(why("curl ftp://h/")).toContain("none of http");
    expect(why("curl -s")).toContain("no address");
    for (const glob of ["{a,b}", "[1-2]", "[a-z:2]"]) expect(why(`curl 'http://h/${glob}'`)).toContain(glob);
  });

  test("never throws, whatever is pasted", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc
            .array(fc.constantFrom("curl ", "-H ", "'", '"', "\\", "$(", "|", "a", "-d", " ", "\n", "`"))
            .map((parts) => `curl ${parts.join("")}`),
        ),
        (text) => {
          const result = parseCurl(text);
          expect(result.ok || result.why.length > 10).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the parts", () => {
  test("a word read back is the word", () => {
    fc.assert(
      fc.property(
        anyBytes(40).map((bytes) => byteString(bytes.replaceAll("\0", ""))),
        (bytes) => {
          const result = shellWords(shellWord(bytes));
          expect(result.ok && result.words[0]).toBe(bytes);
        },
      ),
    );
  });
  test("base64 is undone", () => {
    fc.assert(
      fc.property(anyBytes(), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes, "latin1").toString("base64"));
        expect(fromBase64(toBase64(bytes))).toBe(bytes);
      }),
    );
    expect([fromBase64("a"), fromBase64("!!!!"), fromBase64("QQ =\n=")]).toEqual([null, null, "A"]);
  });
});
