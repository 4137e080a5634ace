# Finds the statement that wrote one byte of stdout or stderr. Nothing is put between the script and its streams: before
# each statement it is known how far the stream's buffer has come, and so what the one before has printed.
my ($wanted, $handle, $others) = (undef, undef, 0);
my @begun;           # by depth: the statement that has begun there last
my $last_depth = 0;  # where the one before stands
my $reaped = '';
# Perl empties its buffers before it starts a process.
my $writes = qr/\b(?:print|printf|say|write|syswrite|warn|die|carp|croak|confess|cluck|system|exec|fork|open|qx|wait|waitpid)\b|`/;
my $goes_past = qr/\b(?:syswrite|system|fork|open|close|qx|wait|waitpid)\b|`/;

sub look_for {
    my $stream;
    ($stream, $wanted) = @_;
    $handle = $stream eq 'stderr' ? \*main::STDERR : \*main::STDOUT;
    $single = 1;
}

sub is_looking { return defined $wanted }

# Before a statement; without one: at the end.
sub look_at_bytes {
    my ($statement) = @_;
    my $depth = $statement ? depth() : 0;
    # Calls are over: the statement that wrote is the innermost one that has a word for it.
    my @over = grep { $begun[$_] } $depth < $last_depth ? reverse($depth || 1 .. $last_depth) : $last_depth || ();
    my ($at) = grep { text_of($begun[$_]) =~ $writes } @over;
    $at //= $over[0];
    my $passes = grep { text_of($begun[$_]) =~ $goes_past } @over;
    my $was_found = printed() + $others > $wanted;
    my $is_child = !$was_found && (!$statement || $passes || children_ended()) && others_wrote();
    if (defined $at && ($was_found || $is_child)) {
        $is_child &&= text_of($begun[$at]) !~ /\bsyswrite\b/;
        $wanted = undef;
        my @frames = map { $begun[$_] } reverse 1 .. $at;
        shift @frames while @frames > 1 && is_library($frames[0]{file});
        converse({ reason => 'byte', how => $is_child ? 'child' : 'ran' }, @frames);
        $single = $mode eq 'run' ? 0 : 1;
        return;
    }
    return unless $statement;
    my ($within) = grep { $_->[0] ne 'DB' && $_->[3] !~ /\A(?:DB::|\(eval\)\z)/ } levels();
    $begun[$depth] = { %$statement, name => $within ? $within->[3] : '(main)' };
    $last_depth = $depth;
}

# Also what waits in the buffer. Only a `local $.` keeps the handle that the script has read last.
sub printed {
    local $.;
    no warnings;
    my $at = tell $handle;
    return $at > 0 ? $at : 0;
}

sub others_wrote {
    my $count = arrived();
    return 0 unless defined $count;
    return 1 if $count > $wanted;
    my $beside = $count - printed();
    $others = $beside if $beside > 0;
    return 0;
}

sub text_of {
    my ($statement) = @_;
    no strict 'refs';
    no warnings;
    my $lines = \@{"main::_<$statement->{file}"};
    my ($text, $at) = ('', $statement->{line});
    do { $text .= $lines->[$at++] // '' } until $at > $#$lines || $lines->[$at] != 0; # where the next one begins
    return $text;
}

# Page faults of processes that were waited for, where the system tells them.
sub children_ended {
    open my $status, '<', '/proc/self/stat' or return 1;
    sysread $status, my $text, 1024;
    close $status;
    $text =~ s/.*\) //s;
    my $faults = (split / /, $text)[8] // '';
    my $is_new = $faults ne $reaped;
    $reaped = $faults;
    return $is_new;
}

# How many bytes of the stream the server has got; undef: it says nothing any more.
sub arrived {
    event('count', {});
    while (my $message = receive(1)) {
        answer($message, undef);
        next unless $message->[1] eq 'count';
        $signal = 1 if length $input;
        return $message->[2];
    }
    return undef;
}

END {
    if (defined $wanted && $socket && $$ == $pid) {
        my $status = $?;
        unnoticed(\&look_at_bytes);
        $? = $status;
    }
}
