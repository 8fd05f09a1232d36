namespace HostingOps.Sandbox.Dns;

/// <summary>
/// Where the name server reads what it serves. Names go both ways as Route 53 writes them: lower case, octal escapes,
/// trailing dot. Called from several threads; must be quick, for it is asked on every query.
/// </summary>
internal interface ISandboxZoneSource
{
    /// <summary>The record sets that stand exactly at a name, at most one of a type; none when the name has none.</summary>
    IReadOnlyList<SandboxRecordSet> Find(string name);

    /// <summary>The zone that a name belongs to, the nearest above it, or null when it is in none.</summary>
    string? ZoneOf(string name);

    /// <summary>
    /// Whether any record set stands below a name. A name without records of its own exists then all the same
    /// (RFC 4592 §2.2.2), which tells NODATA from NXDOMAIN and limits wildcards.
    /// </summary>
    bool HasNamesBelow(string name);
}
