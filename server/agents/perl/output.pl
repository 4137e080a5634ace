# What children write, on its way to the web server.
my $SOON_SECONDS = 0.0001;   # How long output waits for the status, to be sent with it.

# The last output and the end of a request mostly come together, and are sent so.
sub hear {
    my ($child, $way) = @_;
    my $connection = ($child->{request} or return)->{connection};
    $connection->{corked} = 1;
    read_output($child, $way) if $way;
    if ($child->{request} and $child->{status}) {
        read_status($child) or $child->{out} and is_heard_soon($child) and read_status($child);
    }
    $connection->{corked} = 0;
    write_connection($connection, '');
}

# The child closes its output and reports, in that order: its status mostly follows while the output is being read.
sub is_heard_soon {
    my $child = shift;
    my $bits = '';
    vec($bits, fileno $child->{$_}, 1) = 1 for qw(status out);
    return select($bits, undef, undef, $SOON_SECONDS) > 0;
}

sub read_output {
    my ($child, $way, $to_the_end) = @_;
    my $request = $child->{request};
    while (my $handle = $child->{$way}) {
        return not_readable($handle) if is_full($request->{connection});
        my $count = sysread $handle, my $bytes, MAX_CONTENT;
        return if !defined $count and would_block();
        if (!$count) { forget(delete $child->{$way}); return $to_the_end || settle($child) }
        pass_on($request, $way eq 'out' ? 0 : 1, $bytes);
        return if $count < 4096 and !$to_the_end;
    }
}

sub pass_on {
    my ($request, $stream) = @_;
    $request->{$stream ? 'complained' : 'sent'} = 1;
    my $type = $stream ? FCGI_STDERR : FCGI_STDOUT;
    write_connection($request->{connection}, length $_[2] > MAX_CONTENT ? stream_records($type, $request->{id}, $_[2])
        : record($type, $request->{id}, $_[2]));
}

sub resume_output {
    my $child = $_[0]{child} or return;
    for my $way (grep { $child->{$_} } qw(out error)) {
        on_readable($child->{$way}, sub { hear($child, $way) });
    }
}
