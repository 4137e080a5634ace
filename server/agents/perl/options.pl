# The command line of the agent, and how its settings reach the interpreter that compiles the script: in one
# environment variable, which is removed before the script can see it.
my %DEFAULT = (
    mode => 'prefork', listen => '', workers => 1, children => 0, spare => 1, preload => '', recycle => 0,
    grow => 64, modules => 'drop', globals => 'fresh', detect => '', words => 'pass', error500 => 0, switches => '',
);
my %CHOICE = (
    mode => qr/^(?:prefork|persistent|psgi|handler)$/, modules => qr/^(?:keep|drop)$/,
    globals => qr/^(?:keep|fresh)$/, words => qr/^(?:pass|ignore)$/,
);
my $VARIABLE = 'CGI_WORKBENCH_AGENT';

sub usage_error {
    print STDERR "$_[0]\nUsage: cgi-workbench-agent.pl [--mode=prefork|persistent|psgi|handler] [--listen=ADDRESS]"
        . " SCRIPT\n";
    exit 2;
}

sub read_options {
    %SETTING = %DEFAULT;
    my %given;
    while (@_ and $_[0] =~ /^--([a-z0-9]+)(?:=(.*))?$/s) {
        my ($name, $value) = ($1, $2);
        shift;
        usage_error("There is no option --$name.") unless exists $DEFAULT{$name};
        $value = 1 if $name eq 'error500' and !defined $value;
        usage_error("--$name needs a value: --$name=...") unless defined $value;
        usage_error("--$name needs a number, not \"$value\".") if $DEFAULT{$name} =~ /^\d/ and $value !~ /^\d+$/;
        usage_error("--$name cannot be \"$value\".") if $CHOICE{$name} and $value !~ $CHOICE{$name};
        $SETTING{$name} = $given{$name} = $value;
    }
    usage_error('Name one script.') if @_ != 1;
    require Cwd;
    $SETTING{script} = $_[0] =~ m{^/} ? $_[0] : Cwd::getcwd() . "/$_[0]";
    $SETTING{children} ||= $SETTING{listen} ? 16 : 1;
    $SETTING{agent} = Cwd::abs_path($0);
    $SETTING{perl} = $^X;
    $SETTING{asked} = $SETTING{mode};
    # An application is not a script that leaves things behind.
    $SETTING{grow} = $given{grow} // 256 if is_application();
}

# The worker calls it itself, in place of a script.
my $IS_APPLICATION;
sub is_application { return $IS_APPLICATION //= $SETTING{asked} =~ /\A(?:psgi|handler)\z/ ? 1 : 0 }

# Numbers that differ between systems: the interpreter of the script loads no module for them.
sub read_platform {
    require Fcntl;
    require Errno;
    require Config;
    my ($machine) = $Config::Config{archname} =~ /^([a-z0-9_]+)/;
    my %prctl = (
        x86_64 => 157, aarch64 => 167, riscv64 => 167, i686 => 172, i386 => 172, arm => 172, powerpc64le => 171,
        s390x => 172,
    );
    my %dup3 = (
        x86_64 => 292, aarch64 => 24, riscv64 => 24, i686 => 330, i386 => 330, arm => 358, powerpc64le => 316,
        s390x => 326,
    );
    $SETTING{nonblock} = Fcntl::O_NONBLOCK();
    $SETTING{again} = Errno::EAGAIN();
    $SETTING{interrupted} = Errno::EINTR();
    $SETTING{prctl} = $^O eq 'linux' ? $prctl{$machine} || 0 : 0;
    $SETTING{proc} = -e "/proc/$$/fd/0" ? 1 : 0;
    $SETTING{dup3} = $^O eq 'linux' && $SETTING{proc} ? $dup3{$machine} || 0 : 0;
}

# Under -T the values of %ENV may not reach exec or require; what a pattern captured may.
sub settings_to_environment {
    my $escape = sub { my $text = shift; $text =~ s/([%\n=])/sprintf '%%%02x', ord $1/ge; $text };
    $ENV{"${VARIABLE}_FILE"} = $SETTING{agent};
    $ENV{$VARIABLE} = join "\n", map { $escape->($_) . '=' . $escape->($SETTING{$_} // '') } sort keys %SETTING;
}

sub settings_from_environment {
    delete $ENV{"${VARIABLE}_FILE"};
    my $text = delete $ENV{$VARIABLE} // return 0;
    my $plain = sub { my $part = shift; $part =~ s/%([0-9a-f]{2})/chr hex $1/ge; $part =~ /\A(.*)\z/s ? $1 : '' };
    %SETTING = map { /^([^=]*)=(.*)$/ ? ($plain->($1), $plain->($2)) : () } split /\n/, $text;
    for my $name (grep { s/^environment:// } my @names = keys %SETTING) {
        $ENV{$name} = delete $SETTING{"environment:$name"};
    }
    return 1;
}
