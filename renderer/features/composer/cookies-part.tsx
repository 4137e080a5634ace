// The cookie jar: what goes along with this request, what stays behind and why, and
// what the last response wanted kept in vain.
import { useRef, useState } from "react";
import type { CookieList } from "../../../server/contract/cookies-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import { readable } from "../../format/bytes-text.js";
import { dateTimeOf } from "../../format/clock.js";
import { useComposer } from "../../model/request/composer-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { Button, IconButton } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { CloseIcon, EditIcon } from "../../ui/icon.js";
import { setClientOptions, useClientOptions } from "./client-options.js";
import { CookieForm } from "./cookie-form.js";
import { removeCookie, useJar } from "./jar-store.js";
import { useSent } from "./send.js";
import { VaryButton } from "./vary-button.js";

type Cookie = CookieList["cookies"][number];

export function CookiesPart() {
  const isOn = useClientOptions((options) => options.cookies);
  const cookies = useJar((jar) => jar.cookies);
  const hasOwn = useComposer(({ headers }) => headers.some(({ name }) => name.toLowerCase() === "cookie"));
  const refused = useSent(({ sent }) => sent?.cookiesRefused) ?? [];
  const [edited, setEdited] = useState<string | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  const focusAdd = (): void => bar.current?.querySelector<HTMLElement>("button")?.focus();
  const done = (): void => {
    setEdited(null);
    focusAdd();
  };
  /** The button goes with its row: the focus moves to the next row's, and after the last one to “Add cookie”. */
  const remove = async (cookie: Cookie, row: Element | null): Promise<void> => {
    const next = row?.nextElementSibling?.querySelector<HTMLElement>("[data-remove]");
    const isRemoved = await removeCookie(cookie); // reports its own failures
    const { activeElement } = document;
    // Meanwhile the user may have gone on to something else.
    if (!isRemoved || (activeElement !== document.body && row?.contains(activeElement) !== true)) return;
    if (next?.isConnected) next.focus();
    else focusAdd();
  };
  return (
    <div className="composer-part">
      <div className="ui-row composer-part-bar" ref={bar}>
        <Check className="composer-check" isOn={isOn} onChange={(cookies) => setClientOptions({ cookies })}>
          Keep cookies and send them
        </Check>
        {isOn && hasOwn && <span className="ui-warn ui-cut">Your own Cookie header is sent instead.</span>}
        <span className="ui-spacer" />
        <Button size="small" look="quiet" onClick={() => setEdited("")}>
          Add cookie
        </Button>
        {cookies.length > 0 && (
          <Button ref={keepsFocus} size="small" look="quiet" onClick={() => runCommand("request.clearCookies")}>
            Remove all
          </Button>
        )}
      </div>
      {edited === "" && <CookieForm cookie={null} onDone={done} />}
      {cookies.length === 0 && refused.length === 0 && edited === null && (
        <p className="composer-note ui-dim">
          No cookies yet. Cookies that scripts set are kept here and sent with the requests that they match.
        </p>
      )}
      <ul className="composer-cookies" aria-label="Cookies">
        {cookies.map((cookie) =>
          edited === keyOf(cookie) ? (
            <li key={keyOf(cookie)}>
              <CookieForm cookie={cookie} onDone={done} />
            </li>
          ) : (
            <CookieRow
              key={keyOf(cookie)}
              cookie={cookie}
              isSending={isOn && !hasOwn}
              onEdit={() => setEdited(keyOf(cookie))}
              onRemove={(row) => void remove(cookie, row)}
            />
          ),
        )}
        {refused.map(({ line, why }) => (
          <li key={line} className="ui-row composer-cookie ui-warn" title={line}>
            <span className="ui-cut">
              Not kept: <span className="ui-mono">{line}</span>: {wordsOf(why.text)}.
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const keyOf = ({ domain, path, name }: Cookie): string => JSON.stringify([domain, path, name]);

function CookieRow({
  cookie,
  isSending,
  onEdit,
  onRemove,
}: {
  readonly cookie: Cookie;
  readonly isSending: boolean;
  readonly onEdit: () => void;
  readonly onRemove: (row: Element | null) => void;
}) {
  const { withheld, domain, path, hostOnly, expiresAt, secure, httpOnly, sameSite } = cookie;
  const name = readable(cookie.name);
  const place = [
    `${hostOnly ? "" : "*."}${domain}${path}`,
    expiresAt === null ? "session" : `until ${dateTimeOf(expiresAt)}`,
    ...(secure ? ["Secure"] : []),
    ...(httpOnly ? ["HttpOnly"] : []),
    ...(sameSite ? [`SameSite=${sameSite}`] : []),
  ].join(" · ");
  const isSent = isSending && withheld === null;
  return (
    <li className="ui-row composer-cookie" data-sent={isSent}>
      <span className={`ui-mono ui-cut${isSent ? "" : " ui-dim"}`}>
        {name}={readable(cookie.value)}
      </span>
      <span
        className="ui-dim ui-cut composer-cookie-place"
        title={withheld === null ? place : `${place}: not sent, ${wordsOf(withheld.text)}`}
      >
        {isSent ? place : withheld === null ? `not sent · ${place}` : `not sent: ${wordsOf(withheld.text)}`}
      </span>
      <span className="ui-spacer" />
      {isSent && <VaryButton kind="cookie" name={name} />}
      <IconButton label={`Edit cookie ${name}`} onClick={onEdit} icon={EditIcon} />
      <IconButton
        label={`Remove cookie ${name}`}
        data-remove
        onClick={({ currentTarget }) => onRemove(currentTarget.closest("li"))}
        icon={CloseIcon}
      />
    </li>
  );
}
