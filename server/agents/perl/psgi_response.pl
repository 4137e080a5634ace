# PSGI, the response: an array as a CGI response, its body from an array, a file handle or a writer.
my %REASON = (
    200 => 'OK', 201 => 'Created', 202 => 'Accepted', 204 => 'No Content', 206 => 'Partial Content',
    301 => 'Moved Permanently', 302 => 'Found', 303 => 'See Other', 304 => 'Not Modified', 307 => 'Temporary Redirect',
    308 => 'Permanent Redirect', 400 => 'Bad Request', 401 => 'Unauthorized', 403 => 'Forbidden', 404 => 'Not Found',
    405 => 'Method Not Allowed', 409 => 'Conflict', 410 => 'Gone', 413 => 'Content Too Large',
    415 => 'Unsupported Media Type', 422 => 'Unprocessable Content', 429 => 'Too Many Requests',
    500 => 'Internal Server Error', 501 => 'Not Implemented', 502 => 'Bad Gateway', 503 => 'Service Unavailable',
);

sub send_answer {
    my ($request, $answer) = @_;
    my $body = $answer->[2];
    if (ref $body eq 'ARRAY') {
        my $whole = join '', map { $_ // '' } @$body;
        octets($whole);
        my $head = head_of($answer, defined $request->{method} && $request->{method} eq 'HEAD' ? undef : length $whole);
        $request->{connection}{corked} = 1;    # Head, body and the end of the request go together.
        return pass_on($request, 0, $head . $whole);
    }
    die "The response body is neither an array nor a file handle.\n"
        unless ref $body eq 'GLOB' or ref \$body eq 'GLOB' or eval { $body->can('getline') };
    require IO::Handle;
    my $done = eval {
        send_head($request, $answer);
        local $/ = \65_536;
        while (defined(my $part = $body->getline)) { send_part($request, $part) }
        1;
    };
    my $error = $@;
    $body->close;
    die $error unless $done;
}

sub send_head { my ($request, $answer) = @_; send_bytes($request, head_of($answer)) }

# `length`: of the body, when it is known.
sub head_of {
    my ($answer, $length) = @_;
    my ($status, $headers) = @$answer;
    die "The status is three digits, not \"" . ($status // 'undef') . "\".\n" unless ($status // '') =~ /\A[1-9]\d\d\z/;
    die "The headers are an array of names and values.\n" if ref $headers ne 'ARRAY' or @$headers % 2;
    my $head = "Status: $status" . ($REASON{$status} ? " $REASON{$status}" : '') . "\r\n";
    my $has_length = $status < 200 || $status == 204 || $status == 304;
    for (my $at = 0; $at < @$headers; $at += 2) {
        my ($name, $value) = @$headers[$at, $at + 1];
        die "\"$name\" is not the name of a response header.\n" if $name !~ /\A[^\s:\0]+\z/ or lc $name eq 'status';
        die "The value of $name is undefined or holds a line end.\n" if !defined $value or $value =~ /[\r\n\0]/;
        $has_length = 1 if $name =~ /\A(?:Content-Length|Transfer-Encoding)\z/i;
        $head .= "$name: $value\r\n";
    }
    $head .= "Content-Length: $length\r\n" if defined $length and !$has_length;
    octets($head);
    return "$head\r\n";
}

# In place; of text that was not encoded nobody knows the charset.
sub octets {
    utf8::downgrade($_[0], 1) or die "The response holds a character above 255: encode it.\n";
}

sub send_part {
    my ($request, $part) = @_;
    return unless defined $part and length $part;
    octets($part);
    send_bytes($request, $part);
}

# Sent before it returns, up to what may wait in memory: a slow reader makes the application wait.
sub send_bytes {
    my ($request, $bytes) = @_;
    my $connection = $request->{connection};
    $connection->{corked} = 0;
    pass_on($request, 0, $bytes) unless is_gone($request);
    while (!is_gone($request) and is_full($connection)) {
        select undef, my $writable = $WRITE_BITS, undef, undef;
        write_ready($writable);
    }
    die "The client has gone.\n" if is_gone($request);
}

sub is_gone { my $connection = $_[0]{connection}; return !$connection->{socket} || !$connection->{request} }

package CGIWorkbenchAgent::Writer {
    sub write { CGIWorkbenchAgent::send_part($_[0]{request}, $_[1]) unless $_[0]{is_closed}; return }
    sub close { $_[0]{is_closed} = 1; return }
}
