namespace HostingOps;

/// <summary>What a change does to records.</summary>
public enum DnsChangeAction : long
{
    /// <summary>There was none.</summary>
    Create,

    /// <summary>There is another.</summary>
    Update,

    /// <summary>There shall be none.</summary>
    Delete,
}
