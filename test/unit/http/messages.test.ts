// What the messages about requests and their outcomes say.
import { expect, test } from "vitest";
import { accessMessage } from "../../../server/http/access/messages.js";
import { exchangeMessage } from "../../../server/http/exchange/messages.js";
import { requestFaultMessage } from "../../../server/http/front/messages.js";
import { scriptMessage } from "../../../server/protocol/script-head-messages.js";

const guard = { route: "/private/", realm: "Staff" };

test.each([
  [
    exchangeMessage("failed-after-header", {
      responder: "application",
      exitCode: null,
      signal: null,
      appStatus: 4_294_967_294,
    }),
    "The application ended the request with status 4294967294, after its header.",
  ],
  [
    exchangeMessage("failed-in-header", {
      responder: "script",
      exitCode: 1,
      signal: null,
      appStatus: null,
      problem: scriptMessage("no-output"),
    }),
    "The script ended with exit code 1. What the script wrote is not a CGI response: The script wrote nothing to standard output.",
  ],
  [
    exchangeMessage("silent-responder", { responder: "script", limitMs: 300 }),
    "The script wrote nothing and read nothing for 0.3 s.",
  ],
  [accessMessage("sign-in-needed", guard), '/private/ requires a user and a password ("Staff"). Sign in to see it.'],
  [
    accessMessage("password-file-unusable", {
      route: "/private/",
      file: ".htpasswd",
      problem: "missing",
      errno: null,
      limitBytes: null,
    }),
    "The route /private/ requires a sign-in, but no user can sign in: its file .htpasswd does not exist.",
  ],
  [
    requestFaultMessage("request-head-too-large", { from: 65_536, to: 65_536 }),
    "The request line and headers together are larger than 64 KiB.",
  ],
])("%#", ({ text }, sentence) => expect(text).toBe(sentence));
