// Asks before a tab with unsaved edits is closed: the one thing here that destroys.
import { nameOf } from "../../model/documents/document.js";
import {
  closeDocuments,
  discardDocument,
  documentAt,
  keepOpen,
  useDocuments,
} from "../../model/documents/document-store.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";

export function CloseDialog() {
  const closing = useDocuments((documents) => documents.closing);
  const canSave = useDocuments(({ open }) => open.some(({ path, kind }) => path === closing && kind === "text"));
  if (closing === null) return null;
  const saveAndClose = async (path: string): Promise<void> => {
    const { root, closingNext } = useDocuments.getState();
    keepOpen();
    const isSaved = await saveDocument(path);
    if (useDocuments.getState().root !== root) return;
    if (isSaved)
      closeDocuments([path, ...closingNext]); // asks again about what was typed while it was being saved
    else if (documentAt(path)) useSelection.getState().open(path); // its bar says why
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
