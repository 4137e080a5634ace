# Commands and answers on a UNIX socket, one a line.
my ($socket, $address, $input) = (undef, undef, '');

# The script's own descriptors keep the numbers that they have without a debugger.
my $first_descriptor = 200;
my $interrupted = 4; # EINTR: %! would load a module

# By numbers that are the same in Linux and macOS, so that no module is needed.
sub connect_to {
    my ($path) = @_;
    my ($unix, $stream, $duplicate, $set_flags, $closes_on_exec) = (1, 1, 0, 2, 1);
    $address = $^O eq 'linux' ? pack('Sa108', $unix, $path) : pack('CCa104', 106, $unix, $path);
    socket my $low, $unix, $stream, 0 or return 0;
    connect $low, $address or return 0;
    my $descriptor = fcntl $low, $duplicate, $first_descriptor or return 0;
    open $socket, '+<&=', $descriptor or return 0;
    fcntl $socket, $set_flags, $closes_on_exec;
    close $low;
    $address = getpeername $socket;
    return 1;
}

# A script that closes all descriptors may have opened a file of its own with this number.
sub is_connected {
    return 0 unless $socket;
    my $peer = getpeername $socket;
    return defined $peer && $peer eq $address;
}

sub leave {
    ($single, $signal) = (0, 0);
    close $socket if is_connected();
    $socket = undef;
}

sub message {
    my ($message) = @_;
    return unless is_connected();
    local $SIG{PIPE} = 'IGNORE';
    my $text = encode($message) . "\n";
    while (length $text) {
        my $written = syswrite $socket, $text;
        if (defined $written) { substr $text, 0, $written, '' }
        elsif ($! != $interrupted) { leave(); return }
    }
}

sub event { message({ method => $_[0], params => $_[1] }) }

# Returns the words of the next command, in which two hexadecimal digits follow each %. It uses sysread, because
# readline would change $. and with it the text of the script's warnings.
sub receive {
    my ($waits) = @_;
    while (is_connected()) {
        if ($input =~ s/\A(.*)\n//) {
            my @words = split / /, $1, -1;
            s/%(..)/chr hex $1/ge for @words;
            return \@words;
        }
        if (!$waits) {
            vec(my $ready = '', fileno $socket, 1) = 1;
            return undef unless select($ready, undef, undef, 0) > 0;
        }
        my $read = sysread $socket, $input, 65536, length $input;
        leave() unless $read || (!defined $read && $! == $interrupted);
    }
    return undef;
}
