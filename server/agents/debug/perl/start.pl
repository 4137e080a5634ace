# A debugger inside the perl of one script, for the request that it serves: PERL5DB loads it before the script, which
# is started with -d. It loads no module before the first stop, leaves nothing in %ENV and writes nothing to
# descriptors 0, 1 and 2.
package DB;
use strict;
use warnings;
our ($single, $signal, $trace, @dbline, %dbline, @args);
# What a person's expression could see of the debugger.
our ($__expression, $__scope, @__result, $__error);
my ($mode, $limit, $stops_uncaught, $waits_to_pause) = ('run', 0, 0, 0);
my ($mine, $pid) = (__FILE__, $$);
my ($max_text, $max_children, $max_names, $max_frames) = (1000, 200, 500, 1000);
my ($agents) = $mine =~ m{\A(.*)/[^/]+/[^/]+\z}s; # they call applications
my @library = grep { defined && $_ ne '.' } @INC, $agents;
# 0x02: line by line; 0x08: DB::postponed hears of each file that is compiled; 0x10: the lines of sources are kept;
# 0x20: a stop at the first statement, when the file is compiled; 0x100: evals have names. Not 0x01: calls cost nothing
# without DB::sub.
$^P = 0x02 | 0x08 | 0x10 | 0x20 | 0x100 | 0x400;
