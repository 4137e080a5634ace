// A stream's captured bytes, as text, hex or both in step: one selection and one search over both, charset shown and
// changeable, marks of findings, at most what was kept.
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { findBytesInFiles } from "../../model/folder/search-form.js";
import type { ChosenByte } from "../../model/traces/chosen-byte.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { orNotify } from "../../platform/notices.js";
import { saveFile } from "../../platform/save-file.js";
import { keyOf } from "../../platform/shortcuts.js";
import { Button } from "../../ui/button.js";
import { EscapeIndex } from "./ansi.js";
import { ByteBar } from "./byte-bar.js";
import { type ByteForm, formatAs } from "./byte-format.js";
import { ByteMenu } from "./byte-menu.js";
import type { PaneHandle, ScrollRequest } from "./byte-pane.js";
import { type ByteSelection, rangeOf } from "./byte-selection.js";
import { ByteStatus } from "./byte-status.js";
import { type ByteViewActions, maxFoundBytes, mountedBytes, useByteViewState } from "./byte-view-state.js";
import { chooseCharset } from "./charset-choice.js";
import { useCopy } from "./copy-menu.js";
import { HexPane } from "./hex-pane.js";
import { readAs, useReadAs } from "./read-as.js";
import type { ReadRange } from "./stream-loader.js";
import { type InvalidBytes, TextPane } from "./text-pane.js";
import type { Mark } from "./tokens.js";
import { useFind } from "./use-find.js";
import { streamReader, useBytes } from "./use-stream.js";
import "./byte-view.css";

const FindBar = lazyPart(async () => (await import("./find-bar.js")).FindBar);

interface ByteViewProps {
  /** "Stdout": the region is "Stdout bytes". */
  readonly title: string;
  readonly traceId: string;
  readonly stream: StreamName;
  readonly info: StreamInfo;
  /** Where `info` begins in the stream, when it is only a stretch of it. */
  readonly start?: number;
  /** The charset its Content-Type declares, as written; null when it declares none. */
  readonly declaredCharset: string | null;
  readonly marks?: readonly Mark[];
  /** Scrolls to this offset and selects from it to `to`; a new object for each request. */
  readonly reveal?: { readonly at: number; readonly to?: number | undefined } | null;
  /** Why there are no bytes, a sentence. */
  readonly emptyWhy: string;
}

const noMarks: readonly Mark[] = [];

export function ByteView(props: ByteViewProps) {
  if (props.info.bytes === 0)
    return (
      <section className="ui-empty" aria-label={`${props.title} bytes`} data-bytes={0}>
        <p>
          No bytes. <span className="ui-faint">{props.emptyWhy}</span>
        </p>
      </section>
    );
  const { traceId, stream, start = 0, ...shown } = props;
  const name = `${traceId}/${stream}`;
  const key = `${name}/${start}`;
  const fileName = `trace-${numberOf(traceId)}-${stream}.bin`;
  const traced = { traceId, stream, at: start };
  const of: ByteSource = { key, name, fileName, isFile: false, traced, read: streamReader(traceId, stream, start) };
  return <Bytes key={key} of={of} hasColours={stream === "stderr"} {...shown} />;
}

/** Where bytes come from. */
export interface ByteSource {
  /** With another one they are loaded again. */
  readonly key: string;
  /** By which a chosen charset is remembered. */
  readonly name: string;
  /** To save them as. */
  readonly fileName: string;
  readonly isFile: boolean;
  /** The first of them in its trace; null: they are a file's. */
  readonly traced: ChosenByte | null;
  readonly read: ReadRange;
}

interface BytesProps extends Pick<ByteViewProps, "title" | "declaredCharset" | "marks" | "reveal"> {
  readonly of: ByteSource;
  /** `captured`: how many of them can be had. */
  readonly info: Pick<StreamInfo, "bytes" | "captured">;
  readonly hasColours?: boolean;
}

export function Bytes(props: BytesProps) {
  const { title, of, info, declaredCharset, marks = noMarks, reveal = null, hasColours = false } = props;
  const { loader, state } = useBytes(of.key, info.captured, of.read);
  const { buffer } = loader;
  const { loaded, prefix, length } = buffer;
  const chosen = useReadAs(of.name);
  const { mode: streamMode, fileMode, isFinding, wanted, isHex, matchesCase } = useByteViewState();
  const requested = of.isFile ? fileMode : streamMode;
  const sample = Math.min(prefix, 64 * 1024);
  const beginning = useMemo(() => buffer.bytes.subarray(0, sample), [buffer, sample]);
  const usual = useMemo(() => chooseCharset(null, declaredCharset, beginning), [declaredCharset, beginning]);
  const choice = chosen === null ? usual : chooseCharset(chosen, declaredCharset, beginning);
  const { charset } = choice;
  const mode = requested ?? (charset === "binary" && chosen === null ? "hex" : "text");

  const [selection, setSelection] = useState<ByteSelection | null>(null);
  const [scroll, setScroll] = useState<ScrollRequest | null>(null);
  const search = JSON.stringify([isFinding, wanted, isHex, matchesCase]);
  /** The search that was open when the bytes were revealed: they stay in view, and its matches are only marked. */
  const searchBefore = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a later search is not the one before
  useEffect(() => {
    if (!reveal) return;
    searchBefore.current = search;
    setSelection({ anchor: reveal.at, head: reveal.to ?? reveal.at });
    setScroll({ at: reveal.at, how: "third" });
  }, [reveal]);
  const select = (next: ByteSelection): void => {
    setSelection(next);
    setScroll({ at: next.head, how: "nearest" });
  };

  const [showColours, setColours] = useState(hasColours);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer stream is indexed anew, its last sequence may have been cut
  const escapes = useMemo(() => new EscapeIndex(), [buffer, length]);
  escapes.extend(buffer.bytes, prefix, prefix === length);
  const canColour = escapes.count > 0 && !charset.startsWith("utf-16");
  const [invalid, setInvalid] = useState<InvalidBytes | null>(null);
  const range = rangeOf(selection);
  const find = useFind(loader, state.version, charset, selection?.anchor ?? 0, (at, isAskedFor) => {
    if (isAskedFor || searchBefore.current !== search) setScroll({ at, how: "third" });
  });

  const field = useRef<HTMLInputElement>(null);
  const isFindAsked = useRef(false);
  const charsetButton = useRef<HTMLButtonElement>(null);
  const text = useRef<PaneHandle>(null);
  const hex = useRef<PaneHandle>(null);
  const [copyState, copy] = useCopy();
  const copyAs = (form: ByteForm): Promise<void> =>
    copy(async (signal) => {
      await loader.whole(signal);
      return formatAs(buffer.bytes, form, charset, signal, range ?? { from: 0, to: length });
    });
  const save = async (): Promise<void> => {
    await orNotify(`${of.fileName} was not saved`, async () => {
      await loader.whole(new AbortController().signal);
      saveFile(of.fileName, [buffer.bytes.slice(range?.from ?? 0, range?.to ?? length)]);
    });
  };
  const openFind = (): void => {
    useByteViewState.setState({ isFinding: true });
    requestAnimationFrame(() => {
      isFindAsked.current = field.current === null; // the bar is still being loaded
      field.current?.select();
    });
  };
  const closeFind = (): void => {
    const { finder, current } = find;
    if (finder && current !== null) setSelection({ anchor: finder.start(current), head: finder.end(current) });
    useByteViewState.setState({ isFinding: false });
    (text.current ?? hex.current)?.focus();
  };
  // No more than it takes to see that it is too much.
  const selected = (): string =>
    spacedHex(
      buffer.bytes.subarray(range?.from ?? 0, Math.min(range?.to ?? 0, (range?.from ?? 0) + maxFoundBytes + 1)),
    );
  const byte = (): ChosenByte | null => {
    const at = range?.from ?? selection?.head ?? null;
    return at === null || at >= length || of.traced === null ? null : { ...of.traced, at: of.traced.at + at };
  };
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const menuFrom = useRef<HTMLElement | null>(null);
  const openMenu = (at: number | null, point: { readonly x: number; readonly y: number }): void => {
    toFront();
    menuFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    if (at !== null && !(range && range.from <= at && at < range.to)) setSelection({ anchor: at, head: at });
    setMenu(point);
  };
  const openReadAs = (): void => charsetButton.current?.click();
  const toFront = useShown({ find: openFind, goTo: find.goTo, copy: copyAs, save, selected, byte, readAs: openReadAs });

  const onKeyDown = (event: KeyboardEvent): void => {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const pane = event.target instanceof HTMLElement ? event.target.dataset["pane"] : undefined;
    const key = keyOf(event);
    if (isCommand && key === "f") openFind();
    else if (event.key === "F3") find.goTo(event.shiftKey ? -1 : 1);
    else if (pane === undefined) return;
    else if (isCommand && key === "a") setSelection({ anchor: 0, head: length });
    else if (isCommand && key === "c" && range !== null) void copyAs(pane === "hex" ? "hex" : "text");
    else if (event.key === "Escape" && selection !== null) setSelection(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onInvalid = (): void => {
    const next = invalid?.at.find((at) => at > (selection?.head ?? -1)) ?? invalid?.at[0];
    if (next === undefined) return;
    setSelection({ anchor: next, head: next });
    setScroll({ at: next, how: "third" });
  };
  /** The byte on top; null before anything was scrolled. */
  const place = useRef<number | null>(null);
  const onScroll = (from: PaneHandle | null, to: PaneHandle | null, isOurs: boolean): void => {
    if (!from) return;
    const here = from.place();
    place.current = here.at;
    if (!isOurs) to?.moveTo(here);
  };
  const keepPlace = useCallback((): void => {
    if (place.current !== null) setScroll({ at: place.current, how: "top" });
  }, []);
  // The text in another charset is a new pane, and so is the hex that comes in its place: it shows the same bytes.
  const shownAs = useRef({ charset, mode });
  useLayoutEffect(() => {
    const before = shownAs.current;
    shownAs.current = { charset, mode };
    const isNewText = mode !== "hex" && (before.mode === "hex" || before.charset !== charset);
    const isNewHex = mode !== "text" && before.mode === "text";
    if (isNewText || isNewHex) keepPlace();
  }, [charset, mode, keepPlace]);

  const onInvalidBytes = useCallback((bytes: InvalidBytes) => setInvalid(bytes), []);
  const shared = {
    title,
    loader,
    version: state.version,
    charset,
    marks,
    selection,
    onSelect: select,
    scroll,
    onReflow: keepPlace,
    onMenu: openMenu,
    find: find.finder ? { finder: find.finder, current: find.current } : null,
  };
  return (
    <section
      className="ui-pane byte-view"
      aria-label={`${title} bytes`}
      data-bytes={info.bytes}
      data-captured={info.captured}
      data-loaded={loaded}
      onFocus={toFront}
      onKeyDown={onKeyDown}
    >
      <ByteBar
        mode={mode}
        onMode={(mode) => useByteViewState.setState(of.isFile ? { fileMode: mode } : { mode })}
        charset={{
          choice,
          usual,
          sample: beginning,
          button: charsetButton,
          onChoose: (next) => readAs(of.name, next),
        }}
        colours={canColour ? { isOn: showColours, onChange: setColours } : null}
        onFind={() => (isFinding ? closeFind() : openFind())}
        copy={{
          state: copyState,
          range,
          length,
          areAll: length === info.bytes,
          isDisabled: loaded < length,
          onCopy: copyAs,
          onSave: save,
        }}
      />
      {isFinding && <FindBar find={find} field={field} isAsked={isFindAsked} onClose={closeFind} />}
      {state.error !== null && (
        <p role="alert" className="byte-note ui-bad">
          {state.error}{" "}
          <Button size="small" onClick={() => loader.open()}>
            Try again
          </Button>
        </p>
      )}
      <div className="ui-column byte-panes" data-mode={mode}>
        {prefix > 0 && mode !== "hex" && (
          <TextPane
            key={charset}
            {...shared}
            handle={text}
            onScroll={(isOurs) => onScroll(text.current, hex.current, isOurs)}
            escapes={canColour && showColours ? escapes : null}
            onInvalid={onInvalidBytes}
          />
        )}
        {prefix > 0 && mode !== "text" && (
          <HexPane {...shared} handle={hex} onScroll={(isOurs) => onScroll(hex.current, text.current, isOurs)} />
        )}
      </div>
      <ByteMenu
        at={menu}
        onClose={() => setMenu(null)}
        returnTo={() => menuFrom.current}
        byte={byte()}
        subject={of.traced && { kind: "body", id: of.traced.traceId, stream: of.traced.stream }}
        isSelected={range !== null}
        onCopy={copyAs}
      />
      <ByteStatus
        bytes={buffer.bytes}
        length={length}
        loaded={loaded}
        info={info}
        choice={choice}
        selection={selection}
        invalid={mode === "hex" ? null : invalid}
        onInvalid={onInvalid}
        isFile={of.isFile}
        onFindInFiles={() => findBytesInFiles(selected())}
      />
    </section>
  );
}

/**
 * Commands are meant for this view until another one comes or gets the focus. Returned: what makes it this one again.
 */
function useShown(actions: ByteViewActions): () => void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    mountedBytes.toFront(latest);
    return () => mountedBytes.remove(latest);
  }, []);
  return () => mountedBytes.toFront(latest);
}
