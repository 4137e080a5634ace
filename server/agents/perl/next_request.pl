# Persistent mode: what a child has ready for its next run of the script, and what the request changes of that.
my ($PARAMS, $VARIABLES, @WORDS) = ('', {});        # Of the last request.
my $MESSAGES = '';            # Bytes of the worker that were read ahead.
my $REAP_SECONDS = 0.2;       # How often to look for the end of children that the script has left.
my $SEEDS = '';               # Of the system's random numbers, 4 bytes for each request.

# What can be ready before the request comes, is: its environment, too, if it is that of the request before.
sub take_next {
    $STATUS = 0;
    set_environment($VARIABLES);
    open_stream('STDIN', '<', '/dev/null');
    my ($out, $error) = unpack 'NN', message(8);
    my $files = '/proc/' . getppid . '/fd';
    # Never with O_TRUNC: a worker that becomes another interpreter has ended this child first, but while the child is
    # within this call, the number may already be that of a file: the script, or this one.
    open_stream('STDOUT', 'write', numbered($files, $out));
    open_stream('STDERR', 'write', numbered($files, $error));
    open_data();
    seed_random();
    my ($in, $params) = unpack 'Na*', message(unpack 'N', message(4));
    if ($params ne $PARAMS) {
        ($PARAMS, $VARIABLES) = ($params, script_variables($params));
        set_environment($VARIABLES);
        @WORDS = words($VARIABLES);
    }
    @ARGV = @WORDS;
    open_stream('STDIN', '<', numbered($files, $in)) if $in and has_body($VARIABLES);
    detect_begin() if detects();
    clean_errors();
}

# As under -T: a file's name may not be made of what was read.
sub numbered { my ($folder, $fd) = @_; return "$folder/" . ($fd =~ /\A(\d+)\z/ ? $1 : leave()) }

sub message {
    my $length = shift;
    while (length $MESSAGES < $length) {
        reap_until_asked() if $HAS_CHILDREN;
        my $count = sysread $CONTROL, $MESSAGES, 16_384, length $MESSAGES;
        next if !defined $count and $! == $SETTING{interrupted};
        leave() unless $count;
    }
    return substr $MESSAGES, 0, $length, '';
}

sub reap_until_asked {
    vec(my $control = '', fileno $CONTROL, 1) = 1;
    reap_left() while $HAS_CHILDREN and !select my $ready = $control, undef, undef, $REAP_SECONDS;
}

# As `srand` by itself, which opens the system's source for each number.
sub seed_random {
    return srand if defined $ENVIRONMENT{PERL_RAND_SEED};
    if (length $SEEDS < 4) {
        open my $source, '<:raw', '/dev/urandom' or return srand;
        sysread $source, $SEEDS, 1024;
        close $source;
    }
    return length $SEEDS < 4 ? srand : srand unpack 'N', substr $SEEDS, 0, 4, '';
}
