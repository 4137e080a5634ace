// Where a link to a place in the window is opened when there is no address bar for it.
import { useState } from "react";
import { openLink } from "../model/links/deep-link.js";
import { parseLink } from "../model/links/link.js";
import { useLinkDialog } from "../platform/link-store.js";
import { Button } from "../ui/button.js";
import { Dialog } from "../ui/dialog.js";

export function LinkDialog() {
  const isOpen = useLinkDialog((store) => store.isOpen);
  const [text, setText] = useState("");
  const place = parseLink(text.trim());
  const close = (): void => {
    useLinkDialog.setState({ isOpen: false });
    setText("");
  };
  const open = (): void => {
    if (!place) return;
    close();
    openLink(place);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title="Open a link"
      description="A link to a trace, #/trace/…/stderr, or to a line of a file, #/file/cgi-bin/sum.py:12."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" onClick={open} disabled={!place}>
            Open link
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <input
          className="ui-field ui-mono"
          style={{ width: "100%" }}
          aria-label="Link"
          aria-invalid={text.trim() !== "" && !place}
          placeholder="#/trace/… or #/file/…"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
