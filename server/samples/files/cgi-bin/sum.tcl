#!/usr/bin/env tclsh
# Adds two numbers: /cgi-bin/sum.tcl?a=1&b=2
#
# In Tcl a value must never be pasted into an expression: expr would run
# commands found in it. Hence the braces, and the check.
fconfigure stdout -encoding utf-8 -translation lf

proc decode {text} {
    # Bytes first, then the charset: a character may be several of them.
    set bytes [encoding convertto utf-8 [string map {+ " "} $text]]
    set decoded ""
    while {[regexp -indices {%([0-9A-Fa-f]{2})} $bytes whole digits]} {
        lassign $whole first last
        append decoded [string range $bytes 0 $first-1] [format %c [scan [string range $bytes {*}$digits] %x]]
        set bytes [string range $bytes $last+1 end]
    }
    return [encoding convertfrom utf-8 $decoded$bytes]
}

set query ""
if {[info exists env(QUERY_STRING)]} { set query $env(QUERY_STRING) }
set fields [dict create a "" b ""]
foreach pair [split $query &] {
    if {[regexp {^([^=]+)=(.*)$} $pair -> name value]} { dict set fields [decode $name] [decode $value] }
}

set numbers {}
foreach name {a b} {
    # scan with %lld reads decimal digits alone; "010" stays ten.
    if {[regexp {^[+-]?[0-9]{1,15}$} [dict get $fields $name]]} { lappend numbers [scan [dict get $fields $name] %lld] }
}
if {[llength $numbers] == 2} {
    lassign $numbers a b
    puts "Content-Type: text/plain; charset=utf-8"
    puts "" ;# the blank line: the headers end here
    puts [expr {$a + $b}]
} else {
    puts "Status: 400 Bad Request"
    puts "Content-Type: text/plain; charset=utf-8"
    puts ""
    puts "Give two whole numbers: ?a=1&b=2"
}
