// Set-up of component tests: `findBy…` and `waitFor` of Testing Library wait longer than the second that is their
// default, which a busy machine may take.
import { configure } from "@testing-library/react";

configure({ asyncUtilTimeout: 20_000 });
