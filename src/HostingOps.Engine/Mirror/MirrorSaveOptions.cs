namespace HostingOps.Engine.Mirror;

/// <summary>How mirrors are saved.</summary>
public sealed record MirrorSaveOptions
{
    /// <summary>Sites under way at once, 1 or more; of the sites on one host never more than one. Default 4.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Whether a run may become current although it lost pages: the site was made smaller on purpose.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Whether somebody named the sites; of all sites, only those with a mirror are meant.</summary>
    public bool Named { get; init; }
}
