namespace HostingOps;

/// <summary>The forms in which a hosted zone is written to a file.</summary>
public enum ZoneFileFormat : long
{
    /// <summary>A zone file as BIND and other name servers read it (RFC 1035 §5), with what only Route 53 knows in comments.</summary>
    Bind,

    /// <summary>YAML, with everything in fields.</summary>
    Yaml,
}
