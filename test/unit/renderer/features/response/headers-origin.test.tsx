// Whose the headers are said to be, below the explained headers of a response.
import { cleanup, render } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HeadersView } from "../../../../../renderer/features/response/headers-view.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { waitFor } from "../../../../support/wait-for.js";
import { sentRaw } from "../../sent-raw.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await serveStreams();
  served.script("own.cgi", `printf 'ETag: "v1"\\nContent-Type: text/plain\\n\\nok'`);
  served.script("invalid.cgi", "echo none");
  served.script("nph-own.cgi", "printf 'HTTP/1.0 200 Fine\\r\\n\\r\\nok'");
  served.script("slow.cgi", "sleep 10");
  for (const [name, to] of Object.entries({ other: "own", circle: "circle", late: "slow" }))
    served.script(`${name}.cgi`, `printf 'Location: /${to}.cgi\\n\\n'`);
});
afterAll(() => served[Symbol.asyncDispose]());

/** The status, and what is said of the headers. */
async function originOf(name: string, ...conditions: readonly string[]): Promise<readonly unknown[]> {
  const trace = await sentRaw([`GET /${name}.cgi HTTP/1.1`, ...conditions]);
  const { response } = trace;
  if (!response) throw new Error("The trace has no response.");
  render(<HeadersView trace={trace} response={response} />);
  const text = document.querySelector(".response-origin")?.textContent;
  cleanup();
  return [response.status, text];
}

test("only headers that the script wrote are said to be its own", async () => {
  const [, ofScript] = await originOf("own");
  expect(await originOf("own", 'If-None-Match: "v1"')).toEqual([304, ofScript]);

  const [, ofServer] = await originOf("invalid");
  expect(await originOf("own", 'If-Match: "v2"')).toEqual([412, ofServer]);
  expect(await originOf("circle")).toEqual([500, ofServer]);

  const [status, ofOther] = await originOf("other");
  const [, ofNph] = await originOf("nph-own");
  expect([status, new Set([ofScript, ofServer, ofOther, ofNph]).size]).toEqual([200, 4]);

  served.folder.write("cgi-workbench.json", JSON.stringify({ limits: { totalMs: 300 } }));
  const { folder } = served.workbench;
  await waitFor("the limit is in force", () => folder.workspace().config.limits.totalMs !== null);
  expect(await originOf("late")).toEqual([504, ofServer]); // nothing came from the path
});
