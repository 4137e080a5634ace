#!/bin/sh
printf 'X-Foo: bar\nContent-Type: text/plain\n\nbody'
