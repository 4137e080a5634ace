// Asks before a tab with unsaved edits is closed: the one thing here that destroys.
import { nameOf } from "../../model/documents/document.js";
import { closeDocuments, discardDocument, keepOpen, useDocuments } from "../../model/documents/document-store.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";

export function CloseDialog() {
  const closing = useDocuments((documents) => documents.closing);
  const canSave = useDocuments(({ open }) => open.some(({ path, kind }) => path === closing && kind === "text"));
  if (closing === null) return null;
  const saveAndClose = async (path: string): Promise<void> => {
    const { root, closingNext } = useDocuments.getState();
    keepOpen();
    if (!(await saveDocument(path)) || useDocuments.getState().root !== root) return;
    closeDocuments([path, ...closingNext]); // asks again about what was typed while it was being saved
  };
  return (
    <Dialog
      onClose={keepOpen}
      title={`Save the edits in ${nameOf(closing)}?`}
      description="If you do not save them, they are lost."
      actions={
        <>
          <Button look="danger" onClick={() => discardDocument(closing)}>
            Discard edits
          </Button>
          <Button onClick={keepOpen}>Cancel</Button>
          {canSave && (
            <Button look="primary" onClick={() => void saveAndClose(closing)}>
              Save and close
            </Button>
          )}
        </>
      }
    />
  );
}
