# The interpreter that has compiled the script: what it wrote while it was compiled, and what a child needs before it
# may run it.
# What the script wrote to descriptors 1 and 2 while it was compiled: part of each response.
my @AT_START = ('', '');
my (@CAPTURE, @SAVED, @OWN_OUTPUT, %LAYERS);
my $STARTED = 0;

sub output_of_start { return $AT_START[$_[0]] }

# Called by the first statement of the interpreter, before perl reads the script.
sub attach {
    $ATTACHED = 1;
    settings_from_environment();
    note_script();
    prepare_repeating() if $SETTING{mode} eq 'persistent';
    for my $module (split /,/, $SETTING{preload}) {
        eval "require $module; 1" or not_preloaded($module);
    }
    for my $stream (1, 2) {
        my $handle = $stream == 1 ? \*STDOUT : \*STDERR;
        open $SAVED[$stream - 1], '>&', $handle or next;
        open $CAPTURE[$stream - 1], '+>', undef or next;
        open $handle, '>>&', $CAPTURE[$stream - 1];
    }
    @ARGV = ();
    repeat_source() if $SETTING{mode} eq 'persistent';
}

# The script loads it itself, and says so if it cannot.
sub not_preloaded {
    my ($why) = split /\n/, $@;
    print STDERR "cgi-workbench-agent: $_[0] is not preloaded: $why\n";
}

# After CHECK, before the script's own INIT blocks: the worker stays here.
INIT { initiate() if $ATTACHED }

sub initiate {
    $STARTED = 1;
    for my $stream (0, 1) {
        my $handle = $stream == 0 ? \*STDOUT : \*STDERR;
        flush_handle($handle);
        # The script may have opened it anew in a BEGIN block.
        $OWN_OUTPUT[$stream] = is_same_file($handle, $CAPTURE[$stream]) ? 0 : 1;
        seek $CAPTURE[$stream], 0, 0;
        $AT_START[$stream] = do { local $/; readline $CAPTURE[$stream] } // '';
        close $CAPTURE[$stream];
    }
    $LAYERS{$_} = layers_of($_) for qw(STDIN STDOUT STDERR);
    unless ($OWN_OUTPUT[0]) { open STDOUT, '>&', $SAVED[0] }
    unless ($OWN_OUTPUT[1]) { open STDERR, '>&', $SAVED[1] }
    close $_ for grep { $_ } @SAVED;
    find_data();
    find_files();
    take_signals();
    if ($SETTING{mode} eq 'persistent') {
        become_interpreter('prefork') unless $COMPLETE;
        take_snapshot();
    }
    serve();
}

# Runs last of all END blocks. The script did not get as far as INIT: it does not compile, or it exits in BEGIN.
END {
    if ($ATTACHED and !$STARTED and $$ == $PID) {
        open STDERR, '>&', $SAVED[1] if $SAVED[1];
        open STDOUT, '>&', $SAVED[0] if $SAVED[0];
        # What persistent mode adds to the source may be what does not compile.
        become_interpreter('prefork') if $SETTING{mode} eq 'persistent';
        become_plain();
    }
}

sub serve_plainly {
    open my $listener, '+<&=', $SETTING{socket};
    note_script();
    serve();
}

sub flush_handle { my $before = select $_[0]; my $was = $|; $| = 1; $| = $was; select $before }
sub is_same_file { return file_id($_[0]) ne 'closed' && file_id($_[0]) eq file_id($_[1]) }

sub layers_of {
    no strict 'refs';
    my @layers = PerlIO::get_layers(*{"main::$_[0]"}, output => $_[0] ne 'STDIN');
    return join '', map { ":$_" } grep { !/^(?:unix|perlio)$/ } @layers;
}

sub script_packages { return packages_of($SETTING{script}) }

sub packages_of {
    my @lines = split /^/, text_of($_[0]) // '';
    my %found = map { $_ => 1 } map { /^[^#]*\bpackage\s+([A-Za-z_]\w*(?:::\w+)*)/ ? $1 : () } @lines;
    delete $found{main};
    return sort keys %found;
}
