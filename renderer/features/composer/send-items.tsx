// The menu beside Send: sending several times, keeping the request, sending by itself; and what was sent for this
// script before: choosing one puts it back into the composer.
import { clockOf, dateOf } from "../../format/clock.js";
import { setSendOnSave, showDraft, useComposer } from "../../model/request/composer-store.js";
import type { RequestDraft } from "../../model/request/draft.js";
import { CommandItem } from "../../platform/command-item.js";
import { MenuCheck, MenuItem, MenuSeparator } from "../../ui/menu.js";
import { TargetText } from "../../ui/target-text.js";
import { type SentRequest, useHistory } from "./history.js";

export function SendItems() {
  const subject = useComposer((composer) => composer.subject);
  const sendOnSave = useComposer((composer) => composer.sendOnSave);
  const requests = useHistory((history) => history.requests).filter((request) => request.subject === subject);
  return (
    <>
      <CommandItem id="request.vary" />
      <CommandItem id="request.repeat" />
      <CommandItem id="debug.send" />
      <CommandItem id="debug.next" />
      <CommandItem id="debug.cookie" />
      <CommandItem id="request.sendTouched" />
      <CommandItem id="request.sendHeld" />
      <CommandItem id="hold.requests" />
      <CommandItem id="request.save" />
      <MenuCheck isOn={sendOnSave} onChange={setSendOnSave}>
        Send on save
      </MenuCheck>
      <MenuSeparator />
      {requests.length === 0 && (
        <p className="composer-note ui-dim">Requests you send for {subject ?? "a script"} are kept here.</p>
      )}
      {requests.map((request) => (
        <MenuItem key={request.id} onSelect={() => showDraft(request.draft, subject)} aside={whenSent(request)}>
          <span className="ui-hidden">{`${titleOf(request.draft)} ${detailOf(request.draft)}`}</span>
          <span className="composer-sent" aria-hidden="true">
            {isOwnRaw(request.draft) ? (
              <span className="ui-mono ui-cut">{titleOf(request.draft)}</span>
            ) : (
              <TargetText method={request.draft.method} target={request.draft.target} file={request.subject} />
            )}
            <span className="ui-dim ui-cut">{detailOf(request.draft)}</span>
          </span>
        </MenuItem>
      ))}
      {requests.length > 0 && (
        <>
          <MenuSeparator />
          <CommandItem id="request.forgetHistory">Clear history</CommandItem>
        </>
      )}
    </>
  );
}

/** Bytes that were filled in are those of the fields, and after a reload they are missing. */
const isOwnRaw = ({ raw }: RequestDraft): boolean => raw.isOn && raw.isOwn;

function titleOf(draft: RequestDraft): string {
  const { raw, method, target } = draft;
  return isOwnRaw(draft) ? (raw.text.split("\n", 1)[0] ?? "") : `${method} ${target}`;
}

function detailOf({ raw, body }: RequestDraft): string {
  if (raw.isOn) return "raw";
  if (body.kind === "text") return body.text === "" ? "" : body.text.slice(0, 24);
  if (body.kind === "file") return body.file?.name ?? "file";
  const names = body.fields
    .map(({ name, value, isFile, file }) => `${name}=${isFile ? (file?.name ?? "") : value}`)
    .join("&");
  return names.slice(0, 32);
}

function whenSent({ sentAt }: SentRequest): string {
  const date = new Date(sentAt);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? clockOf(sentAt).slice(0, "14:02:11".length) : dateOf(sentAt);
}
