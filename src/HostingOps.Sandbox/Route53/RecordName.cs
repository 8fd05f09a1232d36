using System.Text;

namespace HostingOps.Sandbox.Route53;

/// <summary>
/// A domain name as Route 53 keeps it: lower-cased, with a trailing dot, and with every byte outside a-z, 0-9, hyphen
/// and underscore written as <c>\ooo</c> (octal).
/// </summary>
internal sealed class RecordName : IEquatable<RecordName>
{
    private const int LabelBytes = 63;
    private const int NameBytes = 255;

    private RecordName(string text, string sortKey)
    {
        Text = text;
        SortKey = sortKey;
    }

    /// <summary>The name in Route 53's form, for example <c>\052.example.com.</c></summary>
    public string Text { get; }

    /// <summary>The labels in reversed order, each with a dot after it: the order in which Route 53 lists names.</summary>
    public string SortKey { get; }

    /// <summary>Reads a name, with or without trailing dot and escapes.</summary>
    /// <exception cref="RecordNameException">It is no domain name.</exception>
    public static RecordName Parse(string text)
    {
        var labels = SplitLabels(text);
        if (labels.Count == 0)
        {
            throw new RecordNameException("DomainLabelEmpty (Domain label is empty)", text);
        }

        if (labels.Exists(label => label.Count == 0))
        {
            throw new RecordNameException("DomainLabelEmpty (Domain label is empty)", text);
        }

        if (labels.Exists(label => label.Count > LabelBytes))
        {
            throw new RecordNameException("DomainLabelTooLong (Domain label is too long)", text);
        }

        // On the wire each label has a length byte, and the root ends the name (RFC 1035 §3.1).
        if (labels.Sum(label => label.Count + 1) + 1 > NameBytes)
        {
            throw new RecordNameException("DomainNameTooLong (Domain name is too long)", text);
        }

        var written = labels.ConvertAll(Escape);
        var name = string.Concat(written.Select(label => label + "."));
        written.Reverse();
        return new RecordName(name, string.Concat(written.Select(label => label + ".")));
    }

    /// <summary>Whether the name is the other one or below it.</summary>
    public bool IsWithin(RecordName zone) => SortKey.StartsWith(zone.SortKey, StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Equals(RecordName? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordName);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static List<List<byte>> SplitLabels(string text)
    {
        var labels = new List<List<byte>>();
        var label = new List<byte>();
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '.')
            {
                labels.Add(label);
                label = [];
            }
            else if (character == '\\')
            {
                label.Add(ReadEscape(text, ref index));
            }
            else if (character is > ' ' and < (char)127)
            {
                label.Add((byte)char.ToLowerInvariant(character));
            }
            else
            {
                throw new RecordNameException("UnsupportedCharacter (Value contains unsupported characters)", text);
            }
        }

        if (label.Count > 0)
        {
            labels.Add(label);
        }

        return labels;
    }

    private static byte ReadEscape(string text, ref int index)
    {
        if (index + 3 < text.Length && text.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
        {
            var value = Convert.ToInt32(text.Substring(index + 1, 3), 8);
            index += 3;
            return value <= 255
                ? (byte)(value < 128 ? char.ToLowerInvariant((char)value) : value)
                : throw new RecordNameException("UnsupportedCharacter (Value contains unsupported characters)", text);
        }

        throw new RecordNameException("UnsupportedCharacter (Value contains unsupported characters)", text);
    }

    private static string Escape(List<byte> label)
    {
        var text = new StringBuilder(label.Count);
        foreach (var value in label)
        {
            if (char.IsAsciiLetterLower((char)value) || char.IsAsciiDigit((char)value) || value is (byte)'-' or (byte)'_')
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0'));
            }
        }

        return text.ToString();
    }
}
