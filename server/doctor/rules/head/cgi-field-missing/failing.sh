#!/bin/sh
printf 'X-Foo: bar\n\nbody'
