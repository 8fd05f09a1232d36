namespace HostingOps.Engine.Dns.Wire;

/// <summary>Where the texts of record data differ between Route 53 and zone files.</summary>
/// <param name="EscapeBase">Base of numeric escapes: <see cref="DnsNameText.Octal"/> or <see cref="DnsNameText.Decimal"/>.</param>
/// <param name="WriteName">The text of a name.</param>
internal sealed record RdataDialect(int EscapeBase, Func<DnsName, string> WriteName)
{
    /// <summary>Values as Route 53 has them.</summary>
    public static RdataDialect Route53 { get; } = new(DnsNameText.Octal, Route53Name.Encode);
}
