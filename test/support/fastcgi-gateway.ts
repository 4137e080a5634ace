// A gateway before a FastCGI application: the fixture of the FastCGI conformance tests.
import { type ApplicationOptions, type ReceivedRequest, TestApplication } from "./fastcgi-application.js";
import { request, startGateway, type TestGateway } from "./gateway.js";

/** A request whose answer is not chunked. */
export const plain = (method: string, target: string, headers: readonly string[] = [], body = ""): string =>
  request(method, target, headers, body).replace("HTTP/1.1", "HTTP/1.0");
export const hello = "Content-Type: text/plain\r\n\r\nhello";
/** The four ways to reach an application. */
export const ways = [
  ["tcp", null],
  ["tcp", 1],
  ["unix", null],
  ["unix", 1],
] as const;

/** A gateway with the route /app/ to an application of the test's. */
export async function served(
  serve: (request: ReceivedRequest) => void | Promise<void>,
  { connections, config, ...options }: ApplicationOptions & { connections?: number | null; config?: object } = {},
): Promise<{ gateway: TestGateway; application: TestApplication } & AsyncDisposable> {
  const application = await TestApplication.listen(serve, options);
  const gateway = await gatewayTo(application.address, connections ?? null, config);
  return {
    gateway,
    application,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await application[Symbol.asyncDispose]();
    },
  };
}

/** A gateway with the route /app/ to an address. */
export function gatewayTo(
  address: string,
  connections: number | null = null,
  config: object = {},
): Promise<TestGateway> {
  return startGateway({
    config: { routes: [{ path: "/app/", address, ...(connections === null ? {} : { connections }) }], ...config },
  });
}
