#!/usr/bin/env node
// It answers.
console.log("Content-Type: text/plain; charset=utf-8\n\nhello");
