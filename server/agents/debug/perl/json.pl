# JSON without a module: the script may bring its own JSON::PP.
my %escaped = ('"' => '\"', '\\' => '\\\\', "\n" => '\n', "\r" => '\r', "\t" => '\t');

my %is_number = map { $_ => 1 } qw(count id line variablesReference);

# A reference to a scalar is a truth value. Numbers are what the workbench wants as such.
sub encode {
    my ($value, $name) = @_;
    return 'null' unless defined $value;
    my $type = ref $value;
    return '[' . join(',', map { encode($_) } @$value) . ']' if $type eq 'ARRAY';
    return '{' . join(',', map { encode_text($_) . ':' . encode($value->{$_}, $_) } sort keys %$value) . '}'
        if $type eq 'HASH';
    return $$value ? 'true' : 'false' if $type eq 'SCALAR';
    return $value + 0 if defined $name && $is_number{$name};
    return encode_text($value);
}

# The characters of a text that may be bytes in UTF-8.
sub characters { my ($text) = @_; utf8::decode($text) unless utf8::is_utf8($text); return $text }

sub encode_text {
    my $text = characters(@_);
    $text =~ s/([^ !#-\[\]-~])/$escaped{$1} || escaped_code(ord $1)/ge;
    return "\"$text\"";
}

sub escaped_code {
    my ($code) = @_;
    return sprintf '\u%04x', $code if $code < 0x10000;
    return '\ufffd' if $code > 0x10ffff;
    $code -= 0x10000;
    return sprintf '\u%04x\u%04x', 0xd800 + ($code >> 10), 0xdc00 + ($code & 0x3ff);
}
