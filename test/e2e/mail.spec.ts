// A form mailer sends what a visitor wrote: the mail is in the X-ray, and the doctor names the field that was injected.
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

const script = `#!/bin/sh
subject=$(printf '%b' "$(printf '%s' "$QUERY_STRING" | sed 's/+/ /g; s/%0A/\\\\n/g; s/%3A/:/g; s/%40/@/g; s/^subject=//')")
sendmail -t <<END
To: webmaster@example.org
Subject: $subject
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Grüße
END
printf 'Content-Type: text/plain; charset=utf-8\\n\\nThank you.\\n'
`;

test("a caught mail and an injected field are in the X-ray", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/mail.sh", script);
  workspace.makeExecutable("cgi-bin/mail.sh");
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.send("/cgi-bin/mail.sh?subject=Hello%0ABcc%3A+many%40example.net");
  const card = page.getByRole("region", { name: "Mail", exact: true });
  await expect(card.getByText("webmaster@example.org, many@example.net")).toHaveCount(1);
  await expect(card.getByText("Grüße")).toHaveCount(1);
  await expect(page.getByText("A value of the request became header fields of the mail").first()).toBeVisible();
  expect(await examine(page, "caught mail")).toEqual([]);
});
