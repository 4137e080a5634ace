// Meta-variables that come from the server, the connection and the configuration, RFC
// 3875 §4.1; and that nothing else gets in.
import { describe, expect, test } from "vitest";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { request, startGateway } from "../../support/gateway.js";
import { ask, seenScript, variableOf } from "../../support/seen.js";

const close = "Connection: close";
const get = (target: string, ...headers: string[]): string => request("GET", target, [close, ...headers]);

describe("about the server", () => {
  test("C04: GATEWAY_INTERFACE is CGI/1.1", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const { seen, trace } = await ask(gateway, get("/x.sh"));
    expect(seen.env["GATEWAY_INTERFACE"]).toBe("CGI/1.1");
    expect(variableOf(trace, "GATEWAY_INTERFACE")?.source).toBe("server");
  });

  test("C14: SERVER_NAME is the host the client asked for, without port, IPv6 in brackets", async () => {
    await using gateway = await startGateway({ config: { server: { hosts: ["shop.test"] } } });
    gateway.script("x.sh", seenScript);
    const name = async (head: string) => {
      const { seen, trace } = await ask(gateway, head);
      return [seen.env["SERVER_NAME"], variableOf(trace, "SERVER_NAME")?.source];
    };
    const withHost = (host: string) => `GET /x.sh HTTP/1.1\r\nHost: ${host}\r\n${close}\r\n\r\n`;
    expect(await name(withHost("localhost:9999"))).toEqual(["localhost", "header:Host"]);
    expect(await name(withHost("Shop.Test"))).toEqual(["Shop.Test", "header:Host"]);
    expect(await name(withHost("[::1]:80"))).toEqual(["[::1]", "header:Host"]);
    expect(await name(`GET http://shop.test:1/x.sh HTTP/1.1\r\nHost: localhost\r\n${close}\r\n\r\n`)).toEqual([
      "shop.test",
      "request-line",
    ]); // RFC 9112 §3.2.2
    expect(await name("GET /x.sh HTTP/1.0\r\n\r\n")).toEqual(["127.0.0.1", "connection"]);
  });

  test("C18: HTTP_HOST is the host of the target where that names one; the request stays as it was sent", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const sent = `GET http://localhost:1/x.sh HTTP/1.1\r\nHost: evil.example\r\n${close}\r\n\r\n`;
    const { seen, trace } = await ask(gateway, sent);
    expect([seen.env["HTTP_HOST"], seen.env["SERVER_NAME"]]).toEqual(["localhost:1", "localhost"]);
    expect(variableOf(trace, "HTTP_HOST")?.source).toBe("request-line");
    expect(trace.request.headers).toContainEqual(["Host", "evil.example"]);
  });

  test("C15: SERVER_PORT is the port the request came in on, whatever Host says", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const { seen, trace } = await ask(gateway, `GET /x.sh HTTP/1.1\r\nHost: localhost:9999\r\n${close}\r\n\r\n`);
    expect([seen.env["SERVER_PORT"], seen.env["HTTP_HOST"]]).toEqual([String(gateway.port), "localhost:9999"]);
    expect(variableOf(trace, "SERVER_PORT")?.source).toBe("connection");
  });

  test("C17: SERVER_SOFTWARE is what the Server field says", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const { seen, response, trace } = await ask(gateway, get("/x.sh"));
    const [, server] = /\r\nServer: ([^\r]+)\r\n/.exec(response) ?? [];
    expect(server).toMatch(/^\S+\/\d\S*$/);
    expect(seen.env["SERVER_SOFTWARE"]).toBe(server);
    expect(trace.response?.headers).toContainEqual(["Server", server]);
  });
});

describe("about the client", () => {
  test("C01: AUTH_TYPE stays unset where no route requires a sign-in, whatever Authorization the client sends", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const { seen, trace } = await ask(gateway, get("/x.sh", "Authorization: Basic YTpi"));
    // And with a guard: access.test.ts.
    expect([seen.env["AUTH_TYPE"], variableOf(trace, "AUTH_TYPE")]).toEqual([undefined, undefined]);
  });

  test("C08: REMOTE_ADDR is the peer's address, IPv6 bare, IPv4 never in its mapped form", async () => {
    await using both = await startGateway({ host: "::" });
    both.script("x.sh", seenScript);
    for (const [host, address] of [
      ["127.0.0.1", "127.0.0.1"],
      ["::1", "::1"],
    ] as const) {
      const client = await both.connect(host);
      client.send(get("/x.sh"));
      const response = await client.rest();
      expect(response).toContain(`REMOTE_ADDR=${address}\0`);
      expect(response).toContain(`SERVER_ADDR=${address}\0`);
    }
    const traces = await both.ended(2);
    expect(traces.map((trace) => [trace.client.address, variableOf(trace, "REMOTE_ADDR")])).toEqual(
      ["127.0.0.1", "::1"].map((value) => [value, { name: "REMOTE_ADDR", value, source: "connection" }]),
    );
  });

  test("C09: REMOTE_HOST is the address: nothing is looked up", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const { seen, trace } = await ask(gateway, get("/x.sh"));
    expect(seen.env["REMOTE_HOST"]).toBe("127.0.0.1");
    expect(variableOf(trace, "REMOTE_HOST")?.source).toBe("connection");
  });

  test("C10: REMOTE_IDENT is unset", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    expect((await ask(gateway, get("/x.sh"))).seen.env).not.toHaveProperty("REMOTE_IDENT");
    expect(variableOf(await gateway.trace(), "REMOTE_IDENT")).toBeUndefined();
  });

  test("C11: REMOTE_USER never comes from a header that the server did not check", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const { seen, trace } = await ask(
      gateway,
      get("/x.sh", "Authorization: Basic YTpi", "Remote-User: eve", "REMOTE_USER: eve"),
    );
    expect([seen.env["REMOTE_USER"], variableOf(trace, "REMOTE_USER")]).toEqual([undefined, undefined]);
    expect(seen.env["HTTP_REMOTE_USER"]).toBe("eve"); // the proper name, under a variable of its own
  });
});

describe("beyond the RFC", () => {
  test("C24: the variables every server sets, from the same sources", async () => {
    await using gateway = await startGateway();
    gateway.script("cgi-bin/x.sh", seenScript);
    const { seen, trace } = await ask(gateway, get("/cgi-bin/x.sh/p%41th?q=%41"));
    expect(seen.env).toMatchObject({
      REQUEST_URI: "/cgi-bin/x.sh/p%41th?q=%41",
      SCRIPT_FILENAME: gateway.folder.file("cgi-bin/x.sh"),
      DOCUMENT_ROOT: gateway.folder.path,
      REMOTE_PORT: String(trace.client.port),
      SERVER_ADDR: "127.0.0.1",
      REQUEST_SCHEME: "http",
      REDIRECT_STATUS: "200",
    });
    expect(seen.env).not.toHaveProperty("HTTPS"); // it is not
    const names = [
      "REQUEST_URI",
      "SCRIPT_FILENAME",
      "DOCUMENT_ROOT",
      "REMOTE_PORT",
      "SERVER_ADDR",
      "REQUEST_SCHEME",
      "REDIRECT_STATUS",
    ];
    expect(names.map((name) => variableOf(trace, name)?.source)).toEqual([
      "request-line",
      "server",
      "server",
      "connection",
      "connection",
      "connection",
      "server",
    ]);
    // Which names are the RFC's and which are folklore stands in the trace.
    const standing = new Map(toTraceJson(trace).env?.map((variable) => [variable.name, variable.standing]));
    expect(names.map((name) => standing.get(name))).toEqual(names.map(() => "customary"));
    expect(["PATH_INFO", "SERVER_PORT", "HTTP_HOST", "PATH"].map((name) => standing.get(name))).toEqual([
      "rfc",
      "rfc",
      "header",
      "customary",
    ]);
  });

  test("C25: of the server's own environment PATH alone, and what the configuration names", async () => {
    process.env["CGI_WORKBENCH_SECRET"] = "hidden";
    process.env["CGI_WORKBENCH_NAMED"] = "shown";
    try {
      await using gateway = await startGateway({
        config: { inherit: ["CGI_WORKBENCH_NAMED"], variables: { TZ: "UTC" } },
      });
      gateway.script("x.sh", seenScript);
      const { seen, trace } = await ask(gateway, get("/x.sh"));
      const own = trace.env
        ?.filter(({ source }) => source === "inherited" || source === "config")
        .map(({ name, source }) => `${name} ${source}`);
      expect(own).toEqual(["PATH inherited", "CGI_WORKBENCH_NAMED inherited", "TZ config"]);
      expect(seen.env).toMatchObject({
        PATH: expect.stringMatching(/cgi-workbench-mail-\w+:/),
        CGI_WORKBENCH_NAMED: "shown",
        TZ: "UTC",
      });
      expect(Object.keys(seen.env).filter((name) => /SECRET|^NODE|VITEST|^npm|^HOME$|^LANG/.test(name))).toEqual([]);
    } finally {
      delete process.env["CGI_WORKBENCH_SECRET"];
      delete process.env["CGI_WORKBENCH_NAMED"];
    }
  });
});

describe("the administrator", () => {
  test("SERVER_ADMIN and SERVER_SIGNATURE are set when the configuration names one, and not otherwise", async () => {
    await using gateway = await startGateway({ config: { server: { admin: "web@shop.test" } } });
    gateway.script("x.sh", seenScript);
    const { seen, trace } = await ask(gateway, get("/x.sh"));
    expect(seen.env["SERVER_ADMIN"]).toBe("web@shop.test");
    expect(seen.env["SERVER_SIGNATURE"]).toBe(
      `<address>${seen.env["SERVER_SOFTWARE"]} Server at <a href="mailto:web@shop.test">localhost</a> Port ${gateway.port}</address>\n`,
    );
    expect(variableOf(trace, "SERVER_ADMIN")?.source).toBe("server");

    await using other = await startGateway();
    other.script("x.sh", seenScript);
    const { env } = (await ask(other, get("/x.sh"))).seen;
    expect([env["SERVER_ADMIN"], env["SERVER_SIGNATURE"]]).toEqual([undefined, undefined]);
  });

  test("a URL needs no mailto:", async () => {
    await using gateway = await startGateway({ config: { server: { admin: "http://shop.test/help" } } });
    gateway.script("x.sh", seenScript);
    expect((await ask(gateway, get("/x.sh"))).seen.env["SERVER_SIGNATURE"]).toContain(
      '<a href="http://shop.test/help">',
    );
  });
});
