#!/usr/bin/env tclsh
proc load_data {} { open /no/such/file }
load_data
