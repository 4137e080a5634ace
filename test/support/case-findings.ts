// What the doctor finds in one request to a script of a few lines, through a real gateway.
import type { Finding } from "../../server/contract/trace.js";
import { request, startGateway } from "./gateway.js";
import { compile } from "./temp-workspace.js";

interface Case {
  /** Sent with POST. */
  readonly body?: string;
  readonly method?: string;
  readonly headers?: readonly string[];
  /** After the script's path. */
  readonly target?: string;
  /** Other files: path and content. */
  readonly beside?: Readonly<Record<string, string | Uint8Array>>;
  readonly config?: unknown;
}

/** `name`: in cgi-bin; the source of a program in C ends in `.c`. */
export async function caseFindings(
  name: string,
  source: string | Uint8Array,
  {
    body,
    method = body === undefined ? "GET" : "POST",
    headers = [],
    target = "",
    beside = {},
    config = {},
  }: Case = {},
): Promise<readonly Finding[]> {
  await using gateway = await startGateway({ config });
  for (const [path, content] of Object.entries(beside)) gateway.file(path, content);
  gateway.file(`cgi-bin/${name}`, source);
  const script = name.replace(/\.c$/, ".cgi");
  if (script === name) gateway.folder.makeExecutable(`cgi-bin/${name}`);
  else compile(gateway.folder, `cgi-bin/${name}`, `cgi-bin/${script}`);
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  await gateway.ask(request(method, `/cgi-bin/${script}${target}`, ["Connection: close", ...headers, ...length], body));
  return (await gateway.ended(1))[0]?.findings ?? [];
}
