# FastCGI 1.0: records, name-value pairs, and the query of an indexed search (RFC 3875, section 4.4).
use constant {
    BEGIN_REQUEST => 1, ABORT_REQUEST => 2, END_REQUEST => 3, PARAMS => 4, FCGI_STDIN => 5, FCGI_STDOUT => 6,
    FCGI_STDERR => 7, GET_VALUES => 9, GET_VALUES_RESULT => 10, UNKNOWN_TYPE => 11, RESPONDER => 1,
    REQUEST_COMPLETE => 0, CANT_MPX_CONN => 1, UNKNOWN_ROLE => 3, MAX_CONTENT => 65528,
    BY_SIGNAL => 256,         # With the signal's number: the status of a request whose process it has ended.
};

sub record { my ($type, $id, $content) = @_; return pack('CCnnCx', 1, $type, $id, length $content, 0) . $content }

sub stream_records {
    my ($type, $id) = @_;
    my $out = '';
    for (my $at = 0; $at < length $_[2]; $at += MAX_CONTENT) {
        $out .= record($type, $id, substr $_[2], $at, MAX_CONTENT);
    }
    return $out;
}

# The three reserved bytes say how much of its body the script left unread, to whom they mean something.
sub end_request {
    my ($id, $status, $protocol, $unread) = @_;
    my $reserved = !$unread ? 0 : $unread > 0xffffff ? 0xffffff : $unread;
    return record(END_REQUEST, $id, pack 'NCCn', $status, $protocol, $reserved >> 16, $reserved & 0xffff);
}

# How much of a body the script left that was too large for a pipe; else 0. In CGI nobody sees whether it reads that.
sub unread {
    my $request = shift;
    return 0 unless $request->{params} =~ /\x0E([\x01-\x14])CONTENT_LENGTH/g;
    my $announced = substr $request->{params}, pos $request->{params}, ord $1;
    pos($request->{params}) = undef;
    my $left = $announced =~ /\A\d+\z/ ? $announced - ($request->{taken} // 0) : 0;
    return $left > 65_536 ? $left : 0;
}

sub pairs {
    my ($at, $end, %pair) = (0, length $_[0]);
    while ($at < $end) {
        my @length = (vec($_[0], $at, 8), vec($_[0], $at + 1, 8));
        if (($length[0] | $length[1]) < 128) { $at += 2 }
        else {
            for my $length (@length) {
                $length = vec $_[0], $at++, 8;
                if ($length > 127) { $length = unpack('N', substr $_[0], $at - 1, 4) & 0x7fffffff; $at += 3 }
            }
        }
        last if $at + $length[0] + $length[1] > $end;
        $pair{substr $_[0], $at, $length[0]} = substr $_[0], $at + $length[0], $length[1];
        $at += $length[0] + $length[1];
    }
    return \%pair;
}

sub values_result {
    my $asked = pairs($_[0]);
    my %value = (FCGI_MAX_CONNS => $SETTING{children}, FCGI_MAX_REQS => $SETTING{children}, FCGI_MPXS_CONNS => 0);
    my $content = join '', map { pack('CC', length, length $value{$_}) . $_ . $value{$_} }
        grep { exists $asked->{$_} } sort keys %value;
    return record(GET_VALUES_RESULT, 0, $content);
}

# The words of `?word+word`, all or none. None begins with "-" (CVE-2012-1823); what a shell takes for its own is
# escaped.
sub search_words {
    my ($method, $query) = @_;
    return () if $query eq '' or $query =~ /=/ or $method !~ /\A(?:GET|HEAD)\z/;
    my @words;
    for my $word (split /\+/, $query, -1) {
        return () unless $word =~ m{\A[A-Za-z0-9\-_.!~*'();/?:\@&,\$%]+\z} and $word !~ /%(?![0-9A-Fa-f]{2})/;
        (my $plain = $word) =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
        return () if $plain =~ /\0/ or $plain =~ /\A-/;
        $plain =~ s/([&;`'"|*?~<>^()\[\]{}\$\\\n])/\\$1/g;
        push @words, $plain;
    }
    return @words;
}
