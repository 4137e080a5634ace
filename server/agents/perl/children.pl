# The processes that run the script: forked, fed, heard and ended.
my @SPARE;                    # Forked and waiting for a request.
my %BUSY;                     # Process id => child that serves a request.
my %ENDED;                    # Process id => true: children that were let go, to be reaped.
my $GRACE_SECONDS = 2;        # Between TERM and KILL.
my $HELD_SECONDS = 2;         # How long to wait for others that hold a child's output when it has ended.
my $GROWTH_REQUESTS = 20;     # How often to see whether a child has grown.

# True in the child.
sub spawn {
    my %child = (served => 0);
    my ($child_in, $child_out, $child_error, $child_control, $child_status);
    if (repeats()) { pipe $child_control, $child{control} or return 0; pipe $child{status}, $child_status or return 0 }
    else {
        pipe $child_in, $child{in} or return 0;
        pipe $child{out}, $child_out or return 0;
        pipe $child{error}, $child_error or return 0;
    }
    my $pid = fork // do { select undef, undef, undef, 0.1; return 0 };
    if ($pid == 0) {
        close $_ for grep { $_ } values %child;
        return become_child([$child_in, $child_out, $child_error], $child_control, $child_status);
    }
    setpgrp $pid, $pid;
    nonblocking($_) for grep { ref } values %child;
    $child{pid} = $pid;
    push @SPARE, \%child;
    return 0;
}

sub want_spare { return !repeats() && !$SETTING{plain} && @SPARE < $SETTING{spare} }

# Gives waiting requests to children. True in a child that was forked for it.
sub start_waiting {
    return call_waiting() if is_application();
    while (@WAITING) {
        return 1 if !@SPARE and spawn();
        my $child = shift @SPARE or return 0;
        my $request = shift @WAITING;
        ($request->{child}, $child->{request}) = ($child, $request);
        $BUSY{$child->{pid}} = $child;
        give($child, $request);
    }
    return 0;
}

# Of children that go on, which open them before the next request comes.
sub prepare_spares { for my $child (@SPARE) { prepare_pipes($child) unless $child->{theirs} } }

sub prepare_pipes {
    my $child = shift;
    my @theirs;
    for my $way (qw(out error)) {
        pipe $child->{$way}, $theirs[@theirs] or return 0;
        nonblocking_pipe($child->{$way});
    }
    $child->{theirs} = \@theirs;
    $child->{message} = pack 'NN', map { fileno $_ } @theirs;
    send_message($child);
    return 1;
}

sub give {
    my ($child, $request) = @_;
    my $message = $request->{params};
    if ($child->{control}) {
        if (!$child->{theirs}) { prepare_pipes($child) or return abandon($request) }
        # A script reads no body without a length.
        if (index($message, 'CONTENT_LENGTH') >= 0) {
            pipe my $theirs, $child->{in} or return abandon($request);
            nonblocking_pipe($child->{in});
            push @{$child->{theirs}}, $theirs;
            $message = pack('N', fileno $theirs) . $message;
        }
        else { ($request->{deaf}, $request->{body}, $message) = (1, '', pack('N', 0) . $message) }
        $child->{message} .= pack 'N/a', $message;
        on_readable($child->{status}, sub { hear($child) });
        send_message($child);
    }
    else {
        $message = pack 'N/a', $message;
        $request->{taken} = -length $message;
        $request->{body} = $message . $request->{body};
    }
    on_readable($child->{out}, sub { hear($child, 'out') });
    on_readable($child->{error}, sub { hear($child, 'error') });
    for my $stream (0, 1) { pass_on($request, $stream, output_of_start($stream)) if length output_of_start($stream) }
    feed($request);
}

sub send_message {
    my $child = shift;
    my $count = syswrite $child->{control}, $child->{message};
    substr $child->{message}, 0, $count, '' if $count;
    if (!length $child->{message}) { not_writable($child->{control}) }
    elsif ($count or would_block()) { on_writable($child->{control}, sub { send_message($child) }) }
}

sub feed {
    my $request = shift;
    my $child = $request->{child};
    my $in = $child->{in} or return;
    while (length $request->{body}) {
        my $count = syswrite $in, $request->{body}, 65_536;
        if (!defined $count) { last if would_block(); $request->{body} = ''; $request->{deaf} = 1; last }
        substr $request->{body}, 0, $count, '';
        $request->{taken} += $count;
    }
    if (length $request->{body}) { on_writable($in, sub { feed($request) }) unless $ON_WRITE{fileno $in} }
    elsif ($request->{whole} or $request->{deaf}) { forget(delete $child->{in}) }
    else { not_writable($in) }
    resume_reading($request->{connection}) if length $request->{body} <= $FULL_BYTES;
}
