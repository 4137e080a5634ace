# How a child's request ends: by its status message (persistent), or by its end; and how a child is ended.

# The child has run the script and goes on. False: it has not.
sub read_status {
    my $child = shift;
    my $count = take_status($child) // return 0;
    if ($count) { drain($child) }
    else { forget(delete $child->{status}); settle($child) }       # It ends, or runs another program.
    return 1;
}

# The length of what it reported; undef when there is nothing yet.
sub take_status {
    my $child = shift;
    my $count = sysread $child->{status}, my $bytes, 8;
    return undef if !defined $count and would_block();
    return 0 unless $count;
    ($child->{exit}, my $is_clean) = unpack 'NN', $bytes;
    ($child->{goes_on}, $child->{abandoned}) = (1, $child->{abandoned} || !$is_clean);
    return $count;
}

sub drain {
    my $child = shift;
    close $_ for @{delete $child->{theirs} || []};
    $child->{held_until} = time + $HELD_SECONDS unless $child->{held_until};
    for my $way (qw(error out)) { read_output($child, $way, 1) if $child->{$way} }
    settle($child);
}

# Answers when status and output are complete.
sub settle {
    my $child = shift;
    my $request = $child->{request} or return;
    collect($child) unless defined $child->{exit};
    return unless defined $child->{exit};
    if ($child->{theirs}) { return drain($child) }
    # While output waits for the client, the last that the script wrote may still be in the pipe.
    if (!$child->{held_until} or length $request->{connection}{out}) { $child->{held_until} = time + $HELD_SECONDS }
    my $is_held = $child->{out} || $child->{error};
    return if $is_held and time < $child->{held_until};
    for my $way (qw(in out error)) { forget(delete $child->{$way}) if $child->{$way} }
    delete $BUSY{$child->{pid}};
    my $status = delete $child->{exit};
    delete @$child{qw(request held_until)};
    if ($child->{status}) { not_readable($child->{status}) }
    my $goes_on = delete $child->{goes_on} && !is_worn($child, $is_held);
    delete $request->{child};
    finish_request($request, $status);
    if ($goes_on) { push @SPARE, $child } else { let_go($child) }
}

sub is_worn {
    my ($child, $is_held) = @_;
    my $served = ++$child->{served};
    return 1 if $is_held or $child->{abandoned} or $SETTING{recycle} and $served >= $SETTING{recycle};
    return 0 if !$SETTING{grow} or $served % $GROWTH_REQUESTS != 1;
    open my $file, '<', "/proc/$child->{pid}/statm" or return 0;
    my (undef, $pages) = split ' ', <$file> // '';
    $child->{pages} //= $pages;
    return ($pages - $child->{pages}) / 256 > $SETTING{grow};
}

sub let_go {
    my $child = shift;
    # It ends when it finds the end of its control pipe.
    forget($_) for grep { $_ } delete @$child{qw(control status)};
    return if delete $child->{reaped};
    $ENDED{$child->{pid}} = 1;
}

sub collect {
    my $child = shift;
    return if $child->{reaped} or waitpid($child->{pid}, 1) <= 0;        # WNOHANG
    note_exit($child, $?);
}

sub note_exit {
    my ($child, $wait_status) = @_;
    $child->{reaped} = 1;
    take_status($child) if $child->{status} and !$child->{goes_on};
    my $signal = $wait_status & 127;
    $child->{exit} = $signal ? BY_SIGNAL + $signal : $wait_status >> 8 unless $child->{goes_on};
}

# True while a child's end may come without an event on a descriptor.
sub ending_children {
    return scalar grep { defined $_->{exit} || $_->{kill_at} || has_left($_) } values %BUSY;
}

# It has closed its output, or its status pipe: it ends, or runs another program.
sub has_left { my $child = shift; return !$child->{out} || $child->{control} && !$child->{status} }

sub reap {
    while (%BUSY || %ENDED || @SPARE) {
        my $pid = waitpid -1, 1;
        last if $pid <= 0;
        next if delete $ENDED{$pid};
        if (my $child = $BUSY{$pid}) { note_exit($child, $?); settle($child); next }
        my ($gone) = grep { $_->{pid} == $pid } @SPARE or next;
        @SPARE = grep { $_ != $gone } @SPARE;
        forget($_) for grep { ref } @$gone{qw(in out error control status)};
    }
    for my $child (values %BUSY) {
        if ($child->{kill_at} and time >= $child->{kill_at}) {
            kill KILL => -$child->{pid};
            $child->{kill_at} = time + $GRACE_SECONDS;
        }
        settle($child) if defined $child->{exit} or has_left($child);
    }
}

# ABORT_REQUEST, or the web server has gone.
sub abandon {
    my $request = shift;
    my $child = $request->{child};
    if (!$child) {
        @WAITING = grep { $_ != $request } @WAITING;
        return finish_request($request, 0);
    }
    return if $child->{abandoned}++;
    kill TERM => -$child->{pid};
    $child->{kill_at} = time + $GRACE_SECONDS;
}

# What a request that is answered has left in its child's group works on, as in CGI.
sub end_children { kill KILL => (map { -$_ } keys %BUSY), keys %ENDED, map { $_->{pid} } @SPARE }
