namespace HostingOps;

/// <summary>One request on the way of a redirect.</summary>
/// <param name="Url">What was asked for.</param>
/// <param name="Status">The HTTP status, or null without an answer.</param>
public sealed record ApexRedirectHop(string Url, int? Status)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Status} {Url}").TrimStart();
}
