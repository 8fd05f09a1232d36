namespace HostingOps.Engine.DynamicDns;

/// <summary>Sources that are asked when nobody names any: of five operators, over HTTPS and DNS.</summary>
public static class PublicAddressSources
{
    /// <summary>The sources.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        "https://api64.ipify.org/",
        "https://icanhazip.com/",
        "https://checkip.amazonaws.com/",
        "dns:o-o.myaddr.l.google.com/TXT@ns1.google.com",
        "dns:myip.opendns.com@resolver1.opendns.com",
    ];
}
