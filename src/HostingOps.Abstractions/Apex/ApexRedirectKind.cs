namespace HostingOps;

/// <summary>Why a name is redirected.</summary>
public enum ApexRedirectKind : long
{
    /// <summary>It is a site's bare domain.</summary>
    Domain,

    /// <summary>It is another bare domain of a site.</summary>
    Alias,

    /// <summary>It is <c>www.</c> before another bare domain of a site.</summary>
    WwwAlias,
}
