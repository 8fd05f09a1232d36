using System.Globalization;

namespace HostingOps.Engine.Dns;

/// <summary>
/// The TXT record <c>_hostingops.&lt;zone&gt;</c>: who made the last switch in the zone. It goes in the same atomic
/// batch as the switch, so it is there exactly when the switch is.
/// </summary>
/// <remarks>
/// Form: <c>"hostingops/1 op=… batch=… by=… at=… count=… sites=a,b"</c>, percent-encoded where a value has a space,
/// a quote or a control character, and at most 255 characters: one TXT string (RFC 1035 §3.3.14).
/// </remarks>
public static class SwitchMarkerRecord
{
    private const string Version = "hostingops/1";
    private const int MaxLength = 255;
    private const int Ttl = 60;

    /// <summary>The marker's record name in a zone.</summary>
    public static string NameIn(string zone) => "_hostingops." + zone;

    /// <summary>The record set that holds the marker.</summary>
    public static DnsRecordSet ToRecordSet(string zone, SwitchMarker marker) => new()
    {
        Name = NameIn(zone),
        Type = "TXT",
        Ttl = Ttl,
        Values = [$"\"{Write(marker)}\""],
    };

    /// <summary>Reads the marker from the zone's record sets of that name; null when there is none or it is not ours to read.</summary>
    public static SwitchMarker? FromRecordSets(IEnumerable<DnsRecordSet> sets) =>
        sets.Where(static set => set.Type == "TXT").SelectMany(static set => set.Values).Select(Read).FirstOrDefault(static marker => marker is not null);

    private static string Write(SwitchMarker marker)
    {
        var by = Encode(marker.By);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Version} op={Encode(marker.OperationId)} batch={marker.Batch} by={by[..Math.Min(by.Length, 80)]} at={marker.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} count={marker.SiteCount}");
        var withSites = $"{text} sites={string.Join(',', marker.Sites.Select(Encode))}";

        // Some of the sites would say that the others were not in the batch: all or none.
        return marker.Sites.Count == marker.SiteCount && withSites.Length <= MaxLength ? withSites : text;
    }

    private static SwitchMarker? Read(string value)
    {
        var parts = value.Trim('"').Split(' ');
        if (parts[0] != Version)
        {
            return null;
        }

        var fields = parts.Skip(1).Select(static part => part.Split('=', 2)).Where(static pair => pair.Length == 2)
            .GroupBy(static pair => pair[0]).ToDictionary(static group => group.Key, static group => group.First()[1], StringComparer.Ordinal);
        if (!fields.TryGetValue("op", out var operation)
            || !fields.TryGetValue("by", out var by)
            || !fields.TryGetValue("at", out var at)
            || !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return null;
        }

        return new SwitchMarker
        {
            OperationId = Uri.UnescapeDataString(operation),
            By = Uri.UnescapeDataString(by),
            At = time,
            Batch = Number("batch", 1),
            SiteCount = Number("count", 0),
            Sites = fields.TryGetValue("sites", out var sites) && sites.Length > 0
                ? sites.Split(',').Select(Uri.UnescapeDataString).ToArray()
                : [],
        };

        int Number(string key, int otherwise) =>
            fields.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }

    // Uri's escaping leaves letters, digits and -_.~; '@' reads better as itself and is safe in a TXT string.
    private static string Encode(string value) => Uri.EscapeDataString(value).Replace("%40", "@", StringComparison.Ordinal);
}
