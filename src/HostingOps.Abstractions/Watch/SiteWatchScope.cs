namespace HostingOps;

/// <summary>Whose the registration is.</summary>
public enum SiteWatchScope : long
{
    /// <summary>The machine's: it needs an administrator, and runs as an account of its own.</summary>
    System,

    /// <summary>This account's: it needs no administrator, and runs as this account.</summary>
    User,
}
