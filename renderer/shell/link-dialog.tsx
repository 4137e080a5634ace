// Where a link to a place in the window is opened when there is no address bar for it.
import { useState } from "react";
import { openLink } from "../model/links/deep-link.js";
import { parseLink } from "../model/links/link.js";
import { closeDialog, useDialogOpen } from "../platform/dialogs.js";
import { FormDialog } from "../ui/dialog.js";
import { TextField } from "../ui/text-field.js";

export function LinkDialog() {
  return useDialogOpen("link") ? <OpenLink /> : null;
}

const close = (): void => closeDialog("link");

function OpenLink() {
  const [text, setText] = useState("");
  const place = parseLink(text.trim());
  const open = (): void => {
    if (!place) return;
    close();
    openLink(place);
  };
  return (
    <FormDialog
      onClose={close}
      title="Open a link"
      description="Paste a link to a trace (#/trace/…/stderr) or to a line of a file (#/file/cgi-bin/sum.py:12)."
      action="Open link"
      isPossible={place !== null}
      onSubmit={open}
    >
      <TextField
        aria-label="Link"
        aria-invalid={text.trim() !== "" && !place}
        placeholder="#/trace/… or #/file/…"
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
