namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Requests in words that a client's IT department understands.</summary>
internal static class RequestText
{
    private const string Indentation = "    ";

    /// <summary>A sentence and the records that it is about, each on a line of its own.</summary>
    public static string With(string sentence, params string[] records) =>
        sentence + "\n\n" + string.Join('\n', records.Select(static record => Indentation + record));

    /// <summary>A record as zone files have it (RFC 1035 §5.1).</summary>
    public static string Record(object name, int ttl, string type, string value) =>
        FormattableString.Invariant($"{name}.  {ttl}  IN  {type}  {value}");
}
