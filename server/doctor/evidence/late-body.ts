// Whether a request ran out of time because its client did not send the rest of the body.
import { exchangeMessage } from "../../http/exchange/messages.js";
import type { TraceFacts } from "../base/facts.js";

/** The script did not get the body that the client sent, or not its length: a person held the request, and typed. */
export const isBodyTyped = ({ held }: Pick<TraceFacts, "held">): boolean =>
  held?.some(({ edits }) => edits.some(({ of, name }) => of === "body" || name === "CONTENT_LENGTH")) ?? false;

/** CONTENT_LENGTH; 0 if there is none: a chunked body is collected before a script starts. */
export const announcedBytes = ({ env }: Pick<TraceFacts, "env">): number =>
  Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);

/** What a script or an application does not read is its own delay, however much of the body is missing. */
export const isBodyLate = (facts: Pick<TraceFacts, "outcome" | "cause" | "env" | "request" | "held">): boolean =>
  facts.outcome === "timeout" &&
  !isBodyTyped(facts) &&
  (exchangeMessage.is(facts.cause, "silent-upload") ||
    (exchangeMessage.is(facts.cause, "total-timeout") && announcedBytes(facts) > facts.request.body.bytes));
