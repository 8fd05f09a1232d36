namespace HostingOps.Engine.Dns.Wire;

/// <summary>Record data between a message, where names may be compressed, and the uncompressed bytes that are kept.</summary>
internal static class RdataWire
{
    /// <summary>Reads the data at the reader's position; what it keeps is checked field by field.</summary>
    public static byte[] Read(ref WireReader reader, DnsRecordType type, int length)
    {
        if (RdataLayout.Of(type) is not { } layout)
        {
            return reader.ReadBytes(length).ToArray();
        }

        var end = reader.Position + length;
        var data = new WireWriter();
        foreach (var field in layout)
        {
            ReadField(ref reader, data, field, end);
            if (reader.Position > end)
            {
                break;
            }
        }

        return reader.Position == end
            ? data.ToArray()
            : throw new DnsFormatException($"The data of a {type.ToText()} record is not of the length it states.");
    }

    /// <summary>Writes kept data, with compression where the type allows it.</summary>
    public static void Write(WireWriter writer, DnsRecordType type, ReadOnlySpan<byte> data)
    {
        if (RdataLayout.Of(type) is { } layout && layout.Contains(RdataField.CompressibleName))
        {
            var reader = new WireReader(data);
            foreach (var field in layout)
            {
                switch (field)
                {
                    case RdataField.CompressibleName:
                        writer.WriteCompressedName(reader.ReadName().Wire);
                        break;
                    case RdataField.Word:
                        writer.WriteUInt16(reader.ReadUInt16());
                        break;
                    default:
                        writer.WriteUInt32(reader.ReadUInt32());
                        break;
                }
            }
        }
        else
        {
            writer.WriteBytes(data);
        }
    }

    /// <summary>The bytes with all names in lower case, by which data is compared (RFC 4034 §6.2).</summary>
    public static byte[] Canonical(DnsRecordType type, byte[] data)
    {
        if (RdataLayout.Of(type) is not { } layout
            || !layout.Any(static field => field is RdataField.CompressibleName or RdataField.Name))
        {
            return data;
        }

        var reader = new WireReader(data);
        var canonical = new WireWriter();
        foreach (var field in layout)
        {
            if (field is RdataField.CompressibleName or RdataField.Name)
            {
                canonical.WriteBytes(reader.ReadName().ToLower().Wire);
            }
            else
            {
                ReadField(ref reader, canonical, field, data.Length);
            }
        }

        return canonical.ToArray();
    }

    private static void ReadField(ref WireReader reader, WireWriter data, RdataField field, int end)
    {
        switch (field)
        {
            case RdataField.IPv4:
                data.WriteBytes(reader.ReadBytes(4));
                break;
            case RdataField.IPv6:
                data.WriteBytes(reader.ReadBytes(16));
                break;
            case RdataField.CompressibleName or RdataField.Name:
                data.WriteBytes(reader.ReadName().Wire);
                break;
            case RdataField.Byte:
                data.WriteByte(reader.ReadByte());
                break;
            case RdataField.Word:
                data.WriteUInt16(reader.ReadUInt16());
                break;
            case RdataField.Long:
                data.WriteUInt32(reader.ReadUInt32());
                break;
            case RdataField.Tag:
                CheckTag(CopyString(ref reader, data));
                break;
            case RdataField.String:
                CopyString(ref reader, data);
                break;
            case RdataField.Strings:
                do
                {
                    CopyString(ref reader, data);
                }
                while (reader.Position < end);
                break;
            default:
                data.WriteBytes(reader.ReadBytes(Math.Max(0, end - reader.Position)));
                break;
        }
    }

    private static ReadOnlySpan<byte> CopyString(ref WireReader reader, WireWriter data)
    {
        var length = reader.ReadByte();
        var text = reader.ReadBytes(length);
        data.WriteByte(length);
        data.WriteBytes(text);
        return text;
    }

    private static void CheckTag(ReadOnlySpan<byte> tag)
    {
        var valid = tag.Length > 0;
        foreach (var value in tag)
        {
            valid &= char.IsAsciiLetterOrDigit((char)value);
        }

        if (!valid)
        {
            throw new DnsFormatException("A CAA tag is made of letters and digits.");
        }
    }
}
