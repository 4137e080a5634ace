# Answers what the workbench asks.
my %resuming = (begin => 'run', continue => 'run', next => 'over', stepIn => 'in', stepOut => 'out');
my %commands;
my $last_id = 0; # of a breakpoint

sub answer { # the command
    my ($message, $frames) = @_;
    my ($id, $command, @words) = @$message;
    my $response = { id => $id };
    my $handler = $commands{$command};
    my $result = eval { $handler ? $handler->($frames, @words) : die "This is not supported.\n" };
    if (defined $result) { $response->{result} = $result }
    else { my $why = substr $@, 0, $max_text; chomp $why; $response->{error} = { message => $why } }
    if ($resuming{$command}) {
        $mode = $resuming{$command};
        $limit = depth();
        begin(@words) if $command eq 'begin';
        $single = $mode eq 'run' && !is_looking() ? 0 : 1;
    }
    message($response);
    leave() if $command eq 'leave';
    return $command;
}

sub begin {
    my ($entry, @byte) = @_;
    $mode = 'in' if $entry ne '';
    look_for(@byte) if @byte;
}

sub converse { # until the script is to go on
    my ($stop, @frames) = @_;
    require Scalar::Util;
    @frames = frames() unless @frames;
    event('stopped', $stop) if $stop;
    while (my $message = receive(1)) { last if $resuming{ answer($message, \@frames) } }
    $signal = 1 if length $input; # what was asked in one breath
    @references = @__result = (); # else the script's objects would live on
}

%commands = (
    (map { $_ => sub { return {} } } qw(begin continue next stepIn stepOut leave count)),
    pause => sub { $waits_to_pause = 1; return {} },
    stopUncaught => sub { $stops_uncaught = $_[1] eq 'yes'; return {} },
    place => sub {
        my (undef, $path, @words) = @_;
        my @wanted;
        while (my ($line, $condition, $message) = splice @words, 0, 3) {
            push @wanted, { id => ++$last_id, line => $line, condition => $condition, message => $message };
        }
        $breakpoints{$path} = \@wanted;
        return { breakpoints => place($path) };
    },
    stack => sub {
        my @frames = @{ $_[0] };
        splice @frames, $max_frames if @frames > $max_frames;
        my @all = map { {
            name => $_->{name}, path => path_of($_->{file}), line => $_->{line},
            isLibrary => is_library($_->{file}) ? \1 : \0,
        } } @frames;
        return { frames => \@all };
    },
    scopes => sub {
        my ($frames, $at) = @_;
        my $locals = bless { names => names_of($at, @$frames) }, 'DB::Names';
        my %special = ('@ARGV' => \@main::ARGV, '%ENV' => \%main::ENV, '$0' => \$0, '$_' => \$_, '%INC' => \%main::INC);
        my $special = bless { names => \%special }, 'DB::Names';
        return { scopes => [
            { name => 'Locals', expensive => \0, variablesReference => push @references, $locals },
            { name => 'Special variables', expensive => \1, variablesReference => push @references, $special },
        ] };
    },
    variables => sub { return children($references[$_[1] - 1]) },
    evaluate => sub {
        my ($frames, $at, undef, $expression) = @_;
        die "Perl evaluates in the frame on top alone.\n" if $at > 0;
        my $printed = evaluate($expression, $frames->[0]);
        die "$__error\n" if $__error ne '';
        my ($text, $type, $reference) = shown(@__result > 1 ? [@__result] : $__result[0]);
        return { value => substr(characters($printed), 0, $max_text) . characters($text), type => $type, variablesReference => $reference };
    },
);
