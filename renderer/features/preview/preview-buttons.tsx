// What can be done with the page that is shown.
import type { TraceView } from "../../../server/contract/trace.js";
import { browsableOrigin } from "../../../server/protocol/script-address.js";
import { bridge } from "../../rpc/bridge.js";
import { useServer } from "../../rpc/store.js";
import { IconButton } from "../../ui/button.js";
import { ExternalLinkIcon, RepeatIcon } from "../../ui/icon.js";
import { showPreviewAgain } from "./preview-store.js";
import { recordedAnswer } from "./recorded-answer.js";

export function PreviewButtons({ trace }: { readonly trace: TraceView }) {
  const scripts = useServer(({ state }) => state?.server.url ?? null);
  const origin = scripts === null ? null : browsableOrigin(scripts);
  const answer = origin === null ? null : recordedAnswer(trace, origin);
  const isOpenable = answer?.method === "GET";
  const open = (): void => {
    if (!answer) return;
    if (bridge) bridge.openExternal(answer.url);
    else window.open(answer.url, "_blank", "noopener");
  };
  return (
    <>
      <IconButton label="Reload the recorded page" disabled={!answer} onClick={showPreviewAgain} icon={RepeatIcon} />
      <IconButton
        label="Open the address in a browser"
        hint={
          isOpenable ? "Open the address in a browser (sends a request)" : "Only a GET request has an address to open"
        }
        disabled={!isOpenable}
        onClick={open}
        icon={ExternalLinkIcon}
      />
    </>
  );
}
