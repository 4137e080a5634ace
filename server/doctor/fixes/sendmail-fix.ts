// The fix of a script that calls sendmail by its path.
import { sendmailByName } from "../../runners/mail/uncaught-mail.js";
import { textFix } from "./fix.js";

export const callSendmailByName = textFix(
  "call-sendmail-by-name",
  "Call sendmail by its name, so that its mail is caught",
  ({ text }) => sendmailByName(text),
);
