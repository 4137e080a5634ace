// Asks before a request is sent again that may change something.
import { numberOf } from "../../../server/protocol/trace-id.js";
import { closeDialog, useDialogSubject } from "../../platform/dialogs.js";
import { notifyFailure } from "../../platform/notices.js";
import { FormDialog } from "../../ui/dialog.js";

const close = (): void => closeDialog("byte-origin");

export function ByteOriginDialog() {
  const subject = useDialogSubject("byte-origin");
  if (subject === null) return null;
  const [method = "", traceId = "", stream = "", offset = ""] = subject.split(" ");
  return (
    <FormDialog
      title={`Send ${method} request #${numberOf(traceId)} again?`}
      description="Its script runs once more, and stops where the byte is written. What it stores, it stores twice."
      action="Send again"
      onClose={close}
      onSubmit={async () => {
        close();
        try {
          const { sendForOrigin } = await import("./send-debugged.js");
          await sendForOrigin({ traceId, stream: stream === "stderr" ? "stderr" : "stdout", offset: Number(offset) });
        } catch (error) {
          notifyFailure("The request was not sent again", error);
        }
      }}
    />
  );
}
