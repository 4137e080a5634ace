// Tells zod not to compile validators with `new Function`, which this page's policy forbids: even trying is reported as
// a violation. Imported before the first schema that is used in the page.
import { z } from "zod";

z.config({ jitless: true });
