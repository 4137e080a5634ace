// The trace that what is sent now is linked to.
import { numberOf } from "../../../server/protocol/trace-id.js";
import { compose } from "../../model/request/composer-store.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { useSelection } from "../../platform/selection.js";
import { Button, IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";

export function Origin({ id: parentId }: { readonly id: string }) {
  const name = `#${numberOf(parentId)}`;
  return (
    <span ref={keepsFocus} className="ui-row ui-dim composer-origin">
      <Button
        size="small"
        look="quiet"
        hint={`Made from ${name}. What you send is linked to it`}
        onClick={() => useSelection.getState().select(parentId)}
      >
        from {name}
      </Button>
      <IconButton label={`Remove the link to ${name}`} onClick={() => compose({ parent: null })} icon={CloseIcon} />
    </span>
  );
}
