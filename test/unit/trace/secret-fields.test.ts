// Headers, variables and fields with a secret's name in traces that are handed on, and what each export says of them.
import { describe, expect, test } from "vitest";
import type { TraceJson } from "../../../server/contract/trace.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { isSecretName } from "../../../server/protocol/secret-name.js";
import { exportForms, exportTrace } from "../../../server/trace/formats/export-trace.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";
import { maskSecrets, SecretNames } from "../../../server/trace/formats/secrets.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { traceOf } from "../../support/stored-traces.js";

type Given = Omit<Parameters<typeof traceOf>[0], "seq">;

const secret = "s3cr3t/välue+9";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const forms = {
  plain: secret,
  percent: encodeURIComponent(secret),
  form: new URLSearchParams({ "": secret }).toString().slice(1),
  json: secret.replace("ä", "\\u00e4").replace("/", "\\/"),
  base64: base64(secret),
  basic: base64(`ada:${secret}`),
};

/** With the trace's streams, and what they were, as text. */
const textOf = (bytes: Buffer | string): string => {
  const text = bytes.toString();
  const streams = [...text.matchAll(/[A-Za-z0-9+/]{20,}={0,2}/g)].map(([one]) => Buffer.from(one, "base64"));
  return [text, ...streams.map(String)].join("\n");
};

const asked = (given: Given): TraceJson => ({ ...toTraceJson(traceOf({ seq: 1, ...given })), cwd: "/srv" });
const shown = (form: (typeof exportForms)[number], trace: TraceJson): string =>
  textOf(exportTrace(trace, form, { isMasked: true }).bytes);

describe("a value with a secret's name is in no export (D1)", () => {
  const headers = [
    ...["X-Api-Key", "X-Auth-Token", "X-Amz-Security-Token", "X-CSRF-Token", "X-XSRF-TOKEN", "X-JWT-Assertion"],
    ...["X-Forwarded-Authorization", "Cookie2", "Set-Cookie2", "X-Session", "X-Hub-Signature", "Proxy-Password"],
  ];
  test.each(headers)("of the header %s (D1)", (name) => {
    const stdout = Buffer.from(`Content-Type: text/plain\n\n${Object.values(forms).join("\n")}`);
    const trace = asked({ header: [name, secret], variable: ["HTTP_X", "y"], stdout, stderr: Buffer.from(secret) });
    for (const form of exportForms)
      for (const written of Object.values(forms))
        expect([form, shown(form, trace).includes(written)]).toEqual([form, false]);
  });

  test("of a bearer token among WebSocket protocols (D1)", () => {
    const trace = asked({ header: ["Sec-WebSocket-Protocol", `bearer, ${secret}`], stderr: Buffer.from(secret) });
    for (const form of exportForms.filter((one) => one !== "env" && one !== "capsule"))
      expect([form, shown(form, trace).includes(secret)]).toEqual([form, false]);
  });

  test.each([
    ["a query", { target: `/cgi-bin/a.py?x=1&api_key=${forms.percent}` }],
    ["a query behind another address", { target: `/cgi-bin/a.py?next=http://h/?access_token=${forms.percent}` }],
    ["a path", { target: `/cgi-bin/a.py;jsessionid=${forms.percent}` }],
    ["an encoded name", { target: `/cgi-bin/a.py?user%5Bsid%5D=${forms.percent}` }],
    ["a form", { body: Buffer.from(`pwd=${forms.form}&x=1`) }],
    ["JSON", { body: Buffer.from(`{"user": "ada", "csrf" : ${JSON.stringify(secret)}}`) }],
    ["JSON with escapes", { body: Buffer.from(`{"jwt":"${forms.json}"}`) }],
    [
      "a part",
      { body: Buffer.from(`--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--b--`) },
    ],
    ["Referer", { header: ["Referer", `http://h/?token=${forms.percent}`] }],
    ["an address", { target: `/cgi-bin/a.py?u=http://ada:${forms.percent}@h/` }],
    ["a variable", { variable: ["DB_PASSWORD", secret] }],
    [
      "a page",
      { stdout: Buffer.from(`Content-Type: a/b\n\n<input type=hidden name="csrf" id="a" value="${secret}">`) },
    ],
  ] satisfies [string, Given][])("in %s (D1)", (_, given) => {
    const trace = asked({ stderr: Buffer.from(Object.values(forms).join("\n")), ...given });
    for (const form of exportForms.filter((one) => trace.env !== null || (one !== "env" && one !== "capsule")))
      for (const written of Object.values(forms))
        expect([form, shown(form, trace).includes(written)]).toEqual([form, false]);
    expect(readTraces("file", exportTrace(trace, "har", { isMasked: true }).bytes)).toHaveLength(1);
  });

  const word = "hunter2222";
  test.each([
    ["a form that is not encoded", { body: Buffer.from(`a=1&password=it's ${word}#x`) }],
    ["the part behind # of an address", { header: ["Referer", `http://h/#access_token=${word}&a=1`] }],
    ["an address within an address", { target: `/a?next=https%3A%2F%2Fh%2F%3Faccess_token%3D${word}` }],
    ["JSON within JSON", { body: Buffer.from(JSON.stringify({ a: JSON.stringify({ password: word }) })) }],
    [
      "a part whose name comes last",
      {
        body: Buffer.from(`--b\nContent-Disposition: form-data; filename="x"; name=password\n\nx\n--${word}\n--b--\n`),
      },
    ],
    [
      "an input whose name comes last",
      { body: Buffer.from(`<input value="pa'${word}" class=${"c".repeat(200)} name='csrf'>`) },
    ],
    ["a page's meta", { body: Buffer.from(`<meta content="${word}" name="csrf-token">`) }],
  ] satisfies [string, Given][])("in %s (D1)", (_, given) => {
    const trace = asked(given);
    for (const form of exportForms.filter((one) => trace.env !== null || (one !== "env" && one !== "capsule")))
      expect([form, shown(form, trace).includes(word)]).toEqual([form, false]);
  });

  test("a short one is masked beside its name alone (D1)", () => {
    const { request, stderr } = maskSecrets(
      asked({ target: "/a?pwd=abc&q=abc", stderr: Buffer.from("abc") }),
      new SecretNames(),
    );
    expect(request.target).toBe("/a?pwd=***&q=abc");
    expect(stderr?.base64).toBe(base64("abc"));
  });
});

test("names that only sound like a secret's (D1)", () => {
  const open = ["WWW-Authenticate", "Proxy-Authenticate", "AUTH_TYPE", "Author", "SERVER_SIGNATURE", "Inside"];
  expect([...open, "Access-Control-Allow-Credentials", "Accept", "token_type"].filter(isSecretName)).toEqual([]);
  const trace = asked({ header: ["WWW-Authenticate", "Basic realm=shop"], variable: ["AUTH_TYPE", "Basic"] });
  expect(maskSecrets(trace, new SecretNames())).toEqual(trace);
});

test.each(exportForms.filter((form) => form !== "http"))(
  "%s says what is not masked, with and without secrets (D1)",
  (form) => {
    for (const header of [byteString("X-Token"), byteString("X-Other")]) {
      const trace = asked({ header: [header, "abcdef"], variable: ["A", "b"] });
      const file = exportTrace(trace, form, { isMasked: true }).bytes.toString();
      expect(file).toContain("Not masked: values whose names do not say that they are secret");
      if (header === "X-Token") expect(file).toContain("the values of X-Token");
    }
  },
);

test("a field's name cannot end the comment of a command (D1)", () => {
  const trace = asked({ target: "/a?token%0Atouch%20x=abcdef", variable: ["A", "b"] });
  for (const form of ["curl", "env", "capsule"] as const) {
    const lines = exportTrace(trace, form, { isMasked: true }).bytes.toString().split("\n");
    expect([form, lines.some((line) => line.startsWith("touch"))]).toEqual([form, false]);
  }
});
