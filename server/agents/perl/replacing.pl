# Accepting connections, and the change of the script: the worker becomes the interpreter that compiles it anew, which
# gets the connections.
my $STAMP;                    # The script as it was compiled.
my $TEXT;                     # The same while it is young: a date has whole seconds.
my $YOUNG_SECONDS = 2;
my $DEAF_AT = 0;              # The second in which no connection is accepted.
my $FOLDER;
my $UNREAD;                   # The file with what was read of records.

# Before the script is read.
sub note_script {
    $STAMP = stamp();
    $TEXT = text_of($SETTING{script}) if is_young();
    ($FOLDER) = $SETTING{script} =~ m{\A(.*)/}s;
    chdir($FOLDER eq '' ? '/' : $FOLDER);
    $^F = 2;
}

sub stamp { my @found = stat $SETTING{script}; return @found ? join '.', @found[0, 1, 7, 9] : '' }
sub is_young { return $STAMP =~ /(\d+)\z/ && abs(time - $1) < $YOUNG_SECONDS }

sub is_as_compiled {
    return 0 if stamp() ne $STAMP;
    return 1 unless defined $TEXT;
    my $is_young = is_young();                   # As it was before it is read.
    my $text = text_of($SETTING{script}) // return 1;
    return 0 if $text ne $TEXT;
    undef $TEXT unless $is_young;
    return 1;
}

# A script that has changed is compiled before the next request is read, when no other is served. Connections stay.
# Until then a connection with a new request is not in the read set: it would wake the loop again and again.
sub script_has_changed {
    return 0 if !$HAS_CHANGED and is_as_compiled();
    $HAS_CHANGED = 1;
    return 1 unless is_idle();
    end_children();
    keep_connections();
    become_interpreter();
}

sub accept_when_free {
    if ($HAS_CHANGED or free_places() <= 0 or time == $DEAF_AT) { not_readable($LISTENER) }
    elsif (!$ON_READ{fileno $LISTENER}) { on_readable($LISTENER, \&accept_connection) }
}

sub accept_connection {
    return if script_has_changed();
    accept my $socket, $LISTENER or return be_deaf();
    close_on_exec($socket);
    add_connection($socket);
}

# Without memory or descriptors (ENOMEM, ENFILE, EMFILE, wherever perl runs) the listener would stay readable.
sub be_deaf { $DEAF_AT = time if grep { $! == $_ } 12, 23, 24 }

# For the next interpreter in this process: the descriptors, and what was read of a record, whose length is unknown.
sub keep_connections {
    my @kept;
    my $unread = join '', map { $_->{in} } values %CONNECTION;
    my $is_written = length $unread && open($UNREAD, '+>', undef)
        && (syswrite($UNREAD, $unread) // 0) == length $unread && sysseek($UNREAD, 0, 0);
    if ($is_written) { keep_on_exec($UNREAD); $SETTING{unread} = fileno $UNREAD }
    for my $connection (values %CONNECTION) {
        my $length = length $connection->{in};
        next if $length and !$is_written;        # Closed: the rest of its record would mean nothing.
        keep_on_exec($connection->{socket});
        push @kept, join ':', fileno $connection->{socket}, $length, $connection->{drained} ? 1 : 0;
    }
    $SETTING{connections} = join ',', @kept;
    keep_on_exec($LISTENER);
}

sub adopt_connections {
    my $unread = '';
    if (defined(my $fd = delete $SETTING{unread})) {
        if (open my $file, '<&=', $fd) { local $/; $unread = readline($file) // '' }
    }
    for my $kept (split /,/, delete $SETTING{connections} // '') {
        my ($fd, $length, $is_drained) = split /:/, $kept;
        my $in = substr $unread, 0, $length, '';
        open my $socket, '+<&=', $fd or next;
        close_on_exec($socket);
        my $connection = add_connection($socket, $in);
        drain_connection($connection) if $is_drained;
    }
}
