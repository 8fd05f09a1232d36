using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>A manifest's line: one entry as JSON, without line break. What tells files apart comes first, so that an index can stop reading there. Pure.</summary>
internal static class MirrorEntryJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the line with its line break.</summary>
    public static byte[] Write(MirrorEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Text(json, "url", entry.Url);
            Text(json, "kind", entry.Kind.ToString());
            Text(json, "file", entry.File);
            Text(json, "fileHash", entry.FileHash);
            Number(json, "length", entry.Length);
            Time(json, "fileTime", entry.FileTime);
            Number(json, "status", entry.Status);
            Text(json, "contentType", entry.ContentType);
            Text(json, "etag", entry.ETag);
            Text(json, "lastModified", entry.LastModified);
            Time(json, "freshUntil", entry.FreshUntil);
            Text(json, "location", entry.Location);
            Text(json, "originHash", entry.OriginHash);
            Number(json, "depth", entry.Depth);
            Text(json, "foundOn", entry.FoundOn);
            if (entry.IsAsset)
            {
                json.WriteBoolean("isAsset", true);
            }

            Time(json, "fetchedAt", entry.FetchedAt);
            Text(json, "reason", entry.Reason);
            List(json, "assets", entry.Links, isAsset: true);
            List(json, "links", entry.Links, isAsset: false);
            json.WriteEndObject();
        }

        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="withLinks">Whether its links are read too.</param>
    /// <exception cref="JsonException">It is not a line of a manifest.</exception>
    public static MirrorEntry Read(ReadOnlySpan<byte> line, bool withLinks = true)
    {
        var json = new Utf8JsonReader(line);
        string? url = null, contentType = null, etag = null, lastModified = null, location = null, reason = null, foundOn = null;
        string? file = null, fileHash = null, originHash = null;
        MirrorEntryKind? kind = null;
        long length = 0;
        int status = 0, depth = 0;
        var isAsset = false;
        DateTimeOffset fetchedAt = default;
        DateTimeOffset? freshUntil = null, fileTime = null;
        List<MirrorLink>? links = null;
        Begin(ref json);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "url": url = json.GetString(); break;
                case "kind": kind = Kind(json.GetString()); break;
                case "file": file = json.GetString(); break;
                case "fileHash": fileHash = json.GetString(); break;
                case "length": length = json.GetInt64(); break;
                case "status": status = json.GetInt32(); break;
                case "contentType": contentType = json.GetString(); break;
                case "etag": etag = json.GetString(); break;
                case "lastModified": lastModified = json.GetString(); break;
                case "location": location = json.GetString(); break;
                case "originHash": originHash = json.GetString(); break;
                case "depth": depth = json.GetInt32(); break;
                case "foundOn": foundOn = json.GetString(); break;
                case "isAsset": isAsset = json.GetBoolean(); break;
                case "fetchedAt": fetchedAt = json.GetDateTimeOffset(); break;
                case "freshUntil": freshUntil = json.GetDateTimeOffset(); break;
                case "fileTime": fileTime = json.GetDateTimeOffset(); break;
                case "reason": reason = json.GetString(); break;
                case "assets" when withLinks: Links(ref json, isAsset: true, ref links); break;
                case "links" when withLinks: Links(ref json, isAsset: false, ref links); break;
                default: json.Skip(); break;
            }
        }

        return new MirrorEntry
        {
            Url = url ?? throw new JsonException("The line has no url."),
            Kind = kind ?? throw new JsonException("The line has no kind."),
            File = file,
            FileHash = fileHash,
            Length = length,
            FileTime = fileTime,
            Status = status,
            ContentType = contentType,
            ETag = etag,
            LastModified = lastModified,
            FreshUntil = freshUntil,
            Location = location,
            OriginHash = originHash,
            Depth = depth,
            FoundOn = foundOn,
            IsAsset = isAsset,
            FetchedAt = fetchedAt,
            Reason = reason,
            Links = links ?? [],
        };
    }

    /// <summary>Reads no more of a line than where its body is.</summary>
    /// <exception cref="JsonException">It is not a line of a manifest.</exception>
    public static (string Url, string? File, string? FileHash) ReadKey(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        string? url = null, file = null;
        Begin(ref json);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("url"u8))
            {
                json.Read();
                url = json.GetString();
            }
            else if (json.ValueTextEquals("file"u8))
            {
                json.Read();
                file = json.GetString();
            }
            else if (json.ValueTextEquals("fileHash"u8))
            {
                json.Read();
                return (url ?? throw new JsonException("The line has no url."), file, json.GetString());
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return (url ?? throw new JsonException("The line has no url."), file, null);
    }

    private static void Begin(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The line is no object.");
        }
    }

    private static MirrorEntryKind Kind(string? text) =>
        Enum.TryParse<MirrorEntryKind>(text, out var kind) && Enum.IsDefined(kind) ? kind : throw new JsonException($"The kind '{text}' is not known.");

    // Bytes, so that half a character of UTF-16 from a strange header becomes a replacement and not an exception.
    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, Encoding.UTF8.GetBytes(value));
        }
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static void Number(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void List(Utf8JsonWriter json, string name, IReadOnlyList<MirrorLink> links, bool isAsset)
    {
        var begun = false;
        foreach (var link in links)
        {
            if (link.IsAsset != isAsset)
            {
                continue;
            }

            if (!begun)
            {
                json.WriteStartArray(name);
                begun = true;
            }

            json.WriteStringValue(Encoding.UTF8.GetBytes(link.Url));
        }

        if (begun)
        {
            json.WriteEndArray();
        }
    }

    private static void Links(ref Utf8JsonReader json, bool isAsset, ref List<MirrorLink>? links)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The links are no list.");
        }

        links ??= [];
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            links.Add(new MirrorLink(json.GetString()!, isAsset));
        }
    }
}
