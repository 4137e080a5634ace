# PSGI, the environment of a request, and its error stream: STDERR and STDOUT become records of the request that runs.
my $OWN_ERRORS;               # The descriptor itself.

sub psgi_environment {
    my $request = shift;
    my %environment = %{pairs($request->{params})};
    my %usual = (
        REQUEST_METHOD => 'GET', SCRIPT_NAME => '', PATH_INFO => '', QUERY_STRING => '', SERVER_NAME => 'localhost',
        SERVER_PORT => 80, SERVER_PROTOCOL => 'HTTP/1.0',
    );
    $environment{$_} //= $usual{$_} for keys %usual;
    # Of some servers; the root is the empty name and the path "/".
    $environment{SCRIPT_NAME} = '' if $environment{SCRIPT_NAME} eq '/';
    $environment{PATH_INFO} = '/' if $environment{SCRIPT_NAME} eq '' and $environment{PATH_INFO} eq '';
    $environment{REQUEST_URI} //= target_of(\%environment);
    delete @environment{qw(HTTP_CONTENT_TYPE HTTP_CONTENT_LENGTH)};
    $request->{method} = $environment{REQUEST_METHOD};
    my $input = body_handle($request);
    my ($https, $scheme) = map { $_ // '' } @environment{qw(HTTPS REQUEST_SCHEME)};
    my $is_https = $https =~ /\A(?:on|yes|1)\z/i || $scheme eq 'https';
    return {
        %environment,
        'psgi.version' => [1, 1], 'psgi.url_scheme' => $is_https ? 'https' : 'http',
        'psgi.input' => $input, 'psgi.errors' => \*STDERR,
        'psgi.multithread' => !1, 'psgi.multiprocess' => !$SETTING{listen} || $SETTING{workers} > 1,
        'psgi.run_once' => !1, 'psgi.nonblocking' => !1, 'psgi.streaming' => 1, 'psgix.input.buffered' => 1,
    };
}

# Of a large body it is remembered how far it was read, although readers go back to its start.
sub body_handle {
    my $request = shift;
    open my $input, '<:raw', \$request->{body};
    return $input if length $request->{body} <= 65_536;
    my $handle = \do { local *BODY };
    tie *$handle, 'CGIWorkbenchAgent::Body', $input, $request;
    return $handle;
}

sub target_of {
    my $environment = shift;
    my $path = "$environment->{SCRIPT_NAME}$environment->{PATH_INFO}";
    $path =~ s{([^A-Za-z0-9\-._~!\$&'()*+,;=:\@/])}{sprintf '%%%02X', ord $1}ge;
    return $environment->{QUERY_STRING} eq '' ? $path : "$path?$environment->{QUERY_STRING}";
}

sub take_output {
    open $OWN_ERRORS, '>&', \*STDERR;
    open STDOUT, '>&', \*STDERR;
    tie_output();
}

# Again after each request: one that has captured its output puts back the descriptor, or nothing. What the application
# sends elsewhere, to a file or a program, stays there.
sub tie_output {
    for my $descriptor (1, 2) {
        my $handle = $descriptor == 2 ? \*STDERR : \*STDOUT;
        next if defined tied *$handle or is_elsewhere($handle);
        open $handle, '>&', $OWN_ERRORS;
        tie *$handle, 'CGIWorkbenchAgent::Errors', $descriptor;
    }
}

sub is_elsewhere {
    return 0 if (fileno $_[0] // -1) < 0;
    my ($own, $now) = map { join ':', (stat $_)[0, 1] } $OWN_ERRORS, $_[0];
    return $now ne $own;
}

sub write_error {
    my $text = shift;
    utf8::downgrade($text, 1) or utf8::encode($text);
    if ($RUNNING and $$ == $PID and !is_gone($RUNNING)) { pass_on($RUNNING, 1, $text) if length $text }
    else { syswrite $OWN_ERRORS, $text }
    return 1;
}

# Programs that the application starts write to the descriptor itself.
package CGIWorkbenchAgent::Errors {
    sub TIEHANDLE { my ($class, $descriptor) = @_; return bless \$descriptor, $class }
    sub FILENO { return ${$_[0]} }
    sub BINMODE { return 1 }
    sub CLOSE { return 1 }
    sub PRINT { shift; return CGIWorkbenchAgent::write_error(join($, // '', @_) . ($\ // '')) }
    sub PRINTF { shift; my $format = shift; return CGIWorkbenchAgent::write_error(sprintf $format, @_) }
    sub WRITE {
        my (undef, $data, $length, $offset) = @_;
        my $part = substr $data, $offset // 0, $length // length $data;
        CGIWorkbenchAgent::write_error($part);
        return length $part;
    }
    # An application that sends its errors elsewhere.
    sub OPEN {
        my ($tie, $how, @rest) = @_;
        my $handle = $$tie == 2 ? \*STDERR : \*STDOUT;
        { no warnings 'untie'; untie *$handle }
        close $handle if ref($rest[0]) =~ /\A(?:SCALAR|REF)\z/;    # In memory, which needs a closed handle.
        return @rest ? open $handle, $how, @rest : open $handle, $how;
    }
}

package CGIWorkbenchAgent::Body {
    sub TIEHANDLE { my ($class, $input, $request) = @_; return bless { input => $input, request => $request }, $class }
    sub remember {
        my $self = shift;
        my $at = tell $self->{input};
        $self->{request}{taken} = $at if $at > ($self->{request}{taken} // 0);
    }
    sub READ {
        my $self = shift;
        my $count = read $self->{input}, $_[0], $_[1], $_[2] // 0;
        remember($self);
        return $count;
    }
    sub READLINE {
        my $self = shift;
        my @lines = wantarray ? readline $self->{input} : scalar readline $self->{input};
        remember($self);
        return wantarray ? @lines : $lines[0];
    }
    sub GETC { my $self = shift; my $one = getc $self->{input}; remember($self); return $one }
    sub EOF { return eof $_[0]{input} }
    sub TELL { return tell $_[0]{input} }
    sub SEEK { return seek $_[0]{input}, $_[1], $_[2] }
    sub FILENO { return -1 }
    sub BINMODE { return 1 }
    sub CLOSE { return close $_[0]{input} }
}
