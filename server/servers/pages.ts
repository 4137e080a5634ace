// The pages that servers make themselves, for errors and redirects.

import type { ByteString } from "../contract/bytes-text.js";
import { statusLine } from "../formats/glossary/statuses.js";
import { byteString } from "../protocol/byte-string.js";

const apacheText = (status: number, location: string): string =>
  ({
    302: `<p>The document has moved <a href="${escaped(location)}">here</a>.</p>\n`,
    404: "<p>The requested URL was not found on this server.</p>\n",
  })[status] ??
  `<p>The server encountered an internal error or
misconfiguration and was unable to complete
your request.</p>
<p>Please contact the server administrator at 
 [no address given] to inform them of the time this error occurred,
 and the actions you performed just before this error.</p>
<p>More information about this error may be available
in the server error log.</p>
`;

/** `before`: the status that the script had asked for when the error came. */
export function apachePage(status: number, location = "", before = 200): ByteString {
  const title = statusLine(status);
  const also =
    before === 200
      ? ""
      : `<p>Additionally, a ${statusLine(before)}\nerror was encountered while trying to use an ErrorDocument to handle the request.</p>\n`;
  return byteString(`<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head>
<title>${title}</title>
</head><body>
<h1>${title.slice(4)}</h1>
${apacheText(status, location)}${also}</body></html>
`);
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export const lighttpdPage = (status: number): ByteString =>
  byteString(`<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
         "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title>${statusLine(status)}</title>
 </head>
 <body>
  <h1>${statusLine(status)}</h1>
 </body>
</html>
`);

export const nginxPage = (status: number, version: string): ByteString =>
  byteString(
    `<html>\r\n<head><title>${statusLine(status)}</title></head>\r\n<body>\r\n<center><h1>${statusLine(status)}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`,
  );

export const busyboxNotFound = byteString(
  "<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n",
);

/** `explanation`: Python's own words for the status. */
export const pythonPage = (status: number, message: string, explanation: string): ByteString =>
  byteString(`<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: ${status}</p>
        <p>Message: ${message}.</p>
        <p>Error code explanation: ${status} - ${explanation}.</p>
    </body>
</html>
`);
