// How the response to a repeated request differs from the recorded one.
import { defineMessages } from "../../contract/message.js";

type Differs = { readonly was: string; readonly now: string };

export const responseMessage = defineMessages({
  "response-status": ({ was, now }: Differs) => `The status is ${now}. It was ${was}.`,
  "response-header": ({ name, was, now }: Differs & { readonly name: string }) =>
    `The header ${name} is ${now}. It was ${was}.`,
  "response-body": ({ offset, was, now }: Differs & { readonly offset: number }) =>
    `The body differs from byte ${offset} on: ${now}. It was: ${was}.`,
  "response-length": ({ was, now }: Differs) => `The body has ${now} bytes. It had ${was}.`,
});
