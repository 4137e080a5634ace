// The button that ends the presentation, with its key.
import { leavePresentation } from "../../platform/presentation.js";
import { Button } from "../../ui/button.js";

export const ExitButton = () => (
  <Button className="present-exit" onClick={leavePresentation}>
    Exit <kbd className="ui-kbd">Esc</kbd>
  </Button>
);
