// A response in the place of the script's.
import { useState } from "react";
import type { Pair } from "../../model/request/draft.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { connected } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import { PairTable } from "../../ui/pair-table.js";
import { TextArea } from "../../ui/text-field.js";
import { bytesOf, type Editing, headOf } from "./held-draft.js";

const usual: readonly Pair[] = [
  { id: "status", name: "Status", value: "200" },
  { id: "type", name: "Content-Type", value: "text/plain" },
];

type ByHandDialogProps = Pick<Editing, "held"> & { readonly onClose: () => void };

export function ByHandDialog({ held: { id, seq, plan }, onClose }: ByHandDialogProps) {
  const [rows, setRows] = useState(usual);
  const [body, setBody] = useState("");
  const { why, isBusy, attempt } = useAttempt(async () => {
    await connected().hold.go({ id, moment: plan.moment, ...headOf(rows), body: bytesOf(body), isByHand: true });
    onClose();
  });
  return (
    <FormDialog
      title={`Respond to #${seq} by hand`}
      description="The client gets this in place of the script’s response."
      action="Respond"
      isBusy={isBusy}
      problem={why}
      onClose={onClose}
      onSubmit={attempt}
    >
      <PairTable what="Header" rows={rows} make={(pair) => pair} onChange={setRows} />
      <TextArea aria-label="Body" placeholder="Body" rows={5} value={body} onChange={setBody} />
    </FormDialog>
  );
}
