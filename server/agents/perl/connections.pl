# A web server's connections, and the records on them.
my %CONNECTION;               # Descriptor => { socket, in, out, request }
my @WAITING;                  # Requests whose PARAMS have come, and that no child serves yet.
my $ACTIVE = 0;               # Requests between BEGIN_REQUEST and END_REQUEST.
my $FULL_BYTES = 1 << 20;     # What may wait in memory, each way.
my $CORKED_BYTES = 1 << 16;   # What may wait for the end of the request.

sub is_idle { return !$ACTIVE && !%ON_WRITE }    # No request is served, and every response is sent.
sub free_places { return $SETTING{children} - $ACTIVE }

sub add_connection {
    my ($socket, $in) = @_;
    nonblocking($socket);
    my $connection = { socket => $socket, in => $in // '', out => '' };
    $CONNECTION{fileno $socket} = $connection;
    on_readable($socket, sub { read_connection($connection) });
    return $connection;
}

sub drop_connection {
    my $connection = shift;
    my $socket = delete $connection->{socket} or return;
    delete $CONNECTION{fileno $socket};
    forget($socket);
    $connection->{out} = '';
    abandon($connection->{request}) if $connection->{request};
}

sub read_connection {
    my $connection = shift;
    if (!$connection->{request} and script_has_changed()) {
        return not_readable($connection->{socket});      # The next interpreter reads it.
    }
    my $count = sysread $connection->{socket}, $connection->{in}, 262_144, length $connection->{in};
    return if !defined $count and would_block();
    return drop_connection($connection) unless $count;
    read_records($connection);
}

sub read_records {
    my $connection = shift;
    my ($at, $have) = (0, length $connection->{in});
    while ($have - $at >= 8) {
        my (undef, $type, $id, $length, $padding) = unpack 'CCnnC', substr $connection->{in}, $at, 8;
        last if $have - $at < 8 + $length + $padding;
        take_record($connection, $type, $id, substr $connection->{in}, $at + 8, $length);
        return unless $connection->{socket};
        $at += 8 + $length + $padding;
    }
    substr $connection->{in}, 0, $at, '';
}

sub take_record {
    my ($connection, $type, $id) = @_;
    my $request = $connection->{request};
    if ($type == GET_VALUES) { return write_connection($connection, values_result($_[3])) }
    if ($id == 0) { return write_connection($connection, record(UNKNOWN_TYPE, 0, pack 'Cx7', $type)) }
    if ($type == BEGIN_REQUEST) {
        my ($role, $flags) = unpack 'nC', $_[3];
        return write_connection($connection, end_request($id, 0, UNKNOWN_ROLE)) if $role != RESPONDER;
        return write_connection($connection, end_request($id, 0, CANT_MPX_CONN)) if $request;
        $ACTIVE++;
        $connection->{request} = { id => $id, keep => $flags & 1, connection => $connection, params => '', body => '' };
        return;
    }
    return if !$request or $request->{id} != $id;
    if ($type == ABORT_REQUEST) { abandon($request) }
    elsif ($type == PARAMS) {
        if (length $_[3]) { $request->{params} .= $_[3] }
        elsif (!$request->{known}++) { push @WAITING, $request }
    }
    elsif ($type == FCGI_STDIN) {
        if (length $_[3]) { $request->{body} .= $_[3] unless $request->{deaf} }
        else { $request->{whole} = 1 }
        feed($request) if $request->{child};
        # Unread until the script has read some of it.
        if (length $request->{body} > $FULL_BYTES and $request->{child}) { not_readable($connection->{socket}) }
    }
}

# What the web server still sends is read: closed with unread bytes, the connection would be reset, the response lost.
sub close_connection {
    my $connection = shift;
    return drop_connection($connection) unless $connection->{unread};
    $connection->{last} = 0;
    shutdown $connection->{socket}, 1;
    drain_connection($connection);
}

sub drain_connection {
    my $connection = shift;
    $connection->{drained} = 1;
    on_readable($connection->{socket}, sub {
        my $count = sysread $connection->{socket}, my $bytes, 262_144;
        drop_connection($connection) unless $count or !defined $count && would_block();
    });
}

sub resume_reading {
    my $connection = shift;
    my $socket = $connection->{socket} or return;
    on_readable($socket, sub { read_connection($connection) }) unless $ON_READ{fileno $socket};
}

sub write_connection {
    my $connection = $_[0];
    my $socket = $connection->{socket} or return;
    $connection->{out} .= $_[1];
    return if $connection->{corked} and length $connection->{out} < $CORKED_BYTES;
    while (length $connection->{out}) {
        my $count = syswrite $socket, $connection->{out}, 262_144;
        if (!defined $count) { last if would_block(); return drop_connection($connection) }
        substr $connection->{out}, 0, $count, '';
    }
    if (length $connection->{out}) {
        on_writable($socket, sub { write_connection($connection, '') }) unless $ON_WRITE{fileno $socket};
    }
    elsif ($connection->{last}) { close_connection($connection) }
    elsif ($ON_WRITE{fileno $socket}) {
        not_writable($socket);
        resume_output($connection->{request}) if $connection->{request};
    }
}

sub is_full { return length $_[0]->{out} > $FULL_BYTES }

sub finish_request {
    my ($request, $status) = @_;
    my $connection = $request->{connection};
    delete $connection->{request};
    $ACTIVE--;
    my $last = '';
    if ($status and $SETTING{error500} and !$request->{sent}) {
        $last = stream_records(FCGI_STDOUT, $request->{id},
            "Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\n"
                . 'The script failed with '
                . ($status < BY_SIGNAL ? "exit status $status" : 'signal ' . ($status - BY_SIGNAL)) . ".\n");
    }
    $last .= record(FCGI_STDERR, $request->{id}, '') if $request->{complained};
    $last .= record(FCGI_STDOUT, $request->{id}, '');
    $last .= end_request($request->{id}, $status, REQUEST_COMPLETE, unread($request));
    $connection->{last} = !$request->{keep};
    $connection->{unread} = !$request->{whole};
    resume_reading($connection) if $request->{keep};
    write_connection($connection, $last);
}
