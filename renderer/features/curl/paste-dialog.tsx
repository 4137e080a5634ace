// Where a cURL command is pasted by command: a page may not read the clipboard by itself.
import { useState } from "react";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { FormDialog } from "../../ui/dialog.js";
import { loadCurl } from "./paste.js";
import "./paste.css";

export function PasteDialog() {
  return useDialogOpen("paste-curl") ? <Paste /> : null;
}

const close = (): void => closeDialog("paste-curl");

function Paste() {
  const [text, setText] = useState("");
  const [why, setWhy] = useState<string | null>(null);
  const load = (): void => {
    const problem = loadCurl(text);
    if (problem === null) close();
    else setWhy(problem);
  };
  return (
    <FormDialog
      onClose={close}
      size="large"
      title="Paste a cURL command"
      description="Paste a command that a browser’s developer tools or this window copied. The composer loads its request; the command is not run."
      action="Load request"
      isPossible={text.trim() !== ""}
      problem={why}
      onSubmit={load}
    >
      <textarea
        className="ui-field ui-mono curl-command"
        aria-label="cURL command"
        aria-invalid={why !== null}
        placeholder="curl 'http://127.0.0.1:8080/cgi-bin/sum.py' --data-raw 'a=1&b=2'"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWhy(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.stopPropagation();
            load();
          }
        }}
      />
    </FormDialog>
  );
}
