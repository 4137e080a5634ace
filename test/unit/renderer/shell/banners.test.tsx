// Notices while a modal dialog is open.
import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { dismissNotice, notify, useNotices } from "../../../../renderer/platform/notices.js";
import { Notices } from "../../../../renderer/shell/banners.js";
import { Dialog } from "../../../../renderer/ui/dialog.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();
afterEach(() => {
  for (const { id } of useNotices.getState().notices) dismissNotice(id);
});

test("are read to those who do not see them", async () => {
  render(
    <>
      <p>behind</p>
      <Notices />
      <Dialog title="any" onClose={() => undefined} />
    </>,
  );
  await screen.findByRole("dialog");
  act(() => notify("bad", "failed"));
  const isHidden = (text: string): boolean => screen.getByText(text).closest("[aria-hidden]") !== null;
  expect([isHidden("behind"), isHidden("failed")]).toEqual([true, false]);
});
