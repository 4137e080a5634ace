// The way of a character through a trace whose body cannot be read as text.
import { render, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TracePathView } from "../../../../../renderer/features/encoding/trace-path-view.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  served = await serveStreams();
});
afterAll(() => served[Symbol.asyncDispose]());

test.each([
  ["gzip", false],
  ["identity", true],
])("Content-Encoding: %s", async (encoding, isFollowed) => {
  const body = "printf 'Gr\\374n'";
  served.script(`${encoding}.cgi`, `printf 'Content-Type: text/html\\nContent-Encoding: ${encoding}\\n\\n'; ${body}`);
  const { container } = render(<TracePathView trace={await sentRaw([`GET /${encoding}.cgi HTTP/1.1`])} />);
  await waitFor(() => expect(container.textContent).toContain(isFollowed ? "Grün" : encoding));
  expect(container.querySelector(".way-summary") !== null).toBe(isFollowed);
});
