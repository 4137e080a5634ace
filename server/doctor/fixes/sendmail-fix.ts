// The fixes of a script whose mail would leave the machine.
import { sendmailByName, serverByVariables } from "../../runners/mail/uncaught-mail.js";
import { textFix } from "./fix.js";

export const callSendmailByName = textFix(
  "call-sendmail-by-name",
  "Call the program by its name, so that its mail is caught",
  ({ text }) => sendmailByName(text),
);

export const takeSmtpFromEnvironment = textFix(
  "take-smtp-from-environment",
  "Connect to SMTP_HOST and SMTP_PORT where they are set, so that its mail is caught",
  ({ text }) => serverByVariables(text),
);
