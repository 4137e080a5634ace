#!/usr/bin/env node
// It requires a module that is not installed.
import { createRequire } from "node:module";

createRequire(import.meta.url)("no-such-module");
