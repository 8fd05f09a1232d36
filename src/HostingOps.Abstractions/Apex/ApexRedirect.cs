namespace HostingOps;

/// <summary>One name that the redirector answers for, and where it sends visitors.</summary>
public sealed record ApexRedirect
{
    /// <summary>The name asked for, in lower case ASCII: <c>acmelaw.example</c>.</summary>
    public required string Host { get; init; }

    /// <summary>The name that visitors are sent to over https: <c>www.acme-legal.example</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The site's bare domain.</summary>
    public required string SiteDomain { get; init; }

    /// <summary>The site in the inventory.</summary>
    public required string SiteName { get; init; }

    /// <summary>Why the name is redirected.</summary>
    public required ApexRedirectKind Kind { get; init; }

    /// <summary>Where a request is sent to.</summary>
    /// <param name="pathAndQuery">Path and query as the request had them; they are kept byte by byte.</param>
    public string LocationOf(string pathAndQuery) => "https://" + Target + pathAndQuery;

    /// <inheritdoc/>
    public override string ToString() => $"{Host} -> {Target}";
}
