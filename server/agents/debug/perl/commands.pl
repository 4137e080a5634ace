# Answers the requests of the Debug Adapter Protocol.
my %resuming = (configurationDone => 'run', continue => 'run', next => 'over', stepIn => 'in', stepOut => 'out');
my %commands;

sub answer { # the command
    my ($message, $frames) = @_;
    my $command = $message->{command};
    my $response = { type => 'response', request_seq => $message->{seq}, command => $command };
    my $handler = $commands{$command};
    my $body = eval { $handler ? $handler->($message->{arguments} // {}, $frames) : die "This is not supported.\n" };
    if (defined $body) { @$response{qw(success body)} = (\1, $body) }
    else { my $why = substr $@, 0, $max_text; chomp $why; @$response{qw(success message)} = (\0, $why) }
    if ($resuming{$command}) {
        my $arguments = $message->{arguments} // {};
        my $is_entry = $arguments->{stopOnEntry};
        look_for($arguments->{stopAtByte}) if $arguments->{stopAtByte};
        ($mode, $reason) = $is_entry ? ('in', 'entry') : ($resuming{$command}, 'step');
        $limit = depth();
        $single = $mode eq 'run' && !is_looking() ? 0 : 1;
    }
    message($response);
    leave() if $command eq 'disconnect';
    return $command;
}

sub converse { # until the script is to go on
    my ($stop, @frames) = @_;
    require Scalar::Util;
    @frames = frames() unless @frames;
    event('stopped', { %$stop, threadId => 1, allThreadsStopped => \1 }) if $stop;
    while (my $message = receive(1)) { last if $resuming{ answer($message, \@frames) } }
    $signal = 1 if length $input; # what was asked in one breath
    @references = @__result = (); # else the script's objects would live on
}

sub stopped_frames { my ($frames) = @_; return $frames ? @$frames : die "The script runs.\n" }

%commands = (
    (map { $_ => sub { return {} } } qw(configurationDone next stepIn stepOut disconnect count)),
    continue => sub { return { allThreadsContinued => \1 } },
    pause => sub { $waits_to_pause = 1; return {} },
    threads => sub { return { threads => [{ id => 1, name => 'script' }] } },
    setExceptionBreakpoints => sub {
        $stops_uncaught = grep { $_ eq 'uncaught' } @{ $_[0]{filters} };
        return {};
    },
    setBreakpoints => sub {
        my $path = $_[0]{source}{path};
        $breakpoints{$path} = $_[0]{breakpoints} // [];
        return { breakpoints => place($path) };
    },
    stackTrace => sub {
        my ($arguments, @frames) = ($_[0], stopped_frames($_[1]));
        my $id = 0;
        my @all = map {
            my ($name) = $_->{file} =~ /([^\/]*)\z/;
            my $frame = { id => ++$id, name => $_->{name}, line => $_->{line}, column => 1, source => { name => $name, path => $_->{file} } };
            $frame->{presentationHint} = 'subtle' if is_library($_->{file});
            $frame;
        } @frames;
        my ($start, $levels) = ($arguments->{startFrame} || 0, $arguments->{levels} || $max_children);
        splice @all, 0, $start;
        splice @all, $levels if @all > $levels;
        return { stackFrames => \@all, totalFrames => scalar @frames };
    },
    scopes => sub {
        my ($arguments, @frames) = ($_[0], stopped_frames($_[1]));
        my $locals = bless { names => names_of($arguments->{frameId} - 1, @frames) }, 'DB::Names';
        my %special = ('@ARGV' => \@main::ARGV, '%ENV' => \%main::ENV, '$0' => \$0, '$_' => \$_, '%INC' => \%main::INC);
        my $special = bless { names => \%special }, 'DB::Names';
        return { scopes => [
            { name => 'Locals', expensive => \0, variablesReference => push @references, $locals },
            { name => 'Special variables', expensive => \1, variablesReference => push @references, $special },
        ] };
    },
    variables => sub { return { variables => children($references[$_[0]{variablesReference} - 1]) } },
    evaluate => sub {
        my ($arguments, @frames) = ($_[0], stopped_frames($_[1]));
        die "Perl evaluates in the frame on top alone.\n" if ($arguments->{frameId} || 1) > 1;
        my $printed = evaluate($arguments->{expression}, $frames[0]{package});
        die "$__error\n" if $__error ne '';
        my ($text, $type, $reference) = shown(@__result > 1 ? [@__result] : $__result[0]);
        return { result => substr($printed, 0, $max_text) . $text, type => $type, variablesReference => $reference };
    },
);
