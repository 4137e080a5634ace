// What a text cannot have once its variables have their values: it would end there, and the rest
// would be read as another part of the request.
import type { Message } from "../../contract/message.js";
import { resultMessage } from "./messages.js";

/** Null: it can be sent. */
export const targetMistake = (target: string): Message | null =>
  /[\0-\x20\x7f]/.test(target) ? resultMessage("space-in-target") : null;

/** Null: it can be sent. `name`: of the header. */
export const headerMistake = (name: string, value: string): Message | null =>
  /[\r\n\0]/.test(value) ? resultMessage("line-end-in-value", { name }) : null;
