// The run that changes every sentence does change them.
import { expect } from "vitest";
import { inTestWords } from "../../server/contract/message.js";

expect(inTestWords("The server.")).toBe(".sfwsft fiU");
