using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Asks for each redirect over http with a path and a query, and compares status and Location.</summary>
internal sealed class PinnedRedirectCheck(RedirectorWays ways, int status, int throttleLimit) : IApexRedirectCheck
{
    private const string PathAndQuery = "/hostingops-check?a=1&b=%2F";

    /// <inheritdoc/>
    public bool AsksHttps => false;

    /// <inheritdoc/>
    public IAsyncEnumerable<ApexRedirectAnswer> CheckAsync(
        IReadOnlyList<ApexRedirect> redirects, string address, string instanceId, bool https, CancellationToken cancellationToken) =>
        BoundedStream.RunAsync(redirects, throttleLimit, (redirect, stop) => AskAsync(redirect, address, instanceId, stop), cancellationToken);

    private async Task<ApexRedirectAnswer> AskAsync(ApexRedirect redirect, string address, string instanceId, CancellationToken stop)
    {
        var answer = await ways.To(address, redirect.Host, PathAndQuery).AskAsync(address, stop).ConfigureAwait(false);
        var wanted = redirect.LocationOf(PathAndQuery);
        var problem = !answer.Redirects ? answer.Seen
            : answer.InstanceId is { } other && other != instanceId ? $"{other} answers instead of {instanceId}"
            : answer.Status != status || answer.Location != wanted ? FormattableString.Invariant($"{answer.Seen}; {status} to {wanted} was expected")
            : null;
        return new(redirect, problem is null, $"{redirect.Host}: {problem ?? answer.Seen}");
    }
}
