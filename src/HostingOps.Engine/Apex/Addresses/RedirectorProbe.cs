using System.Net;
using HostingOps.Engine.Apex.Checks;

namespace HostingOps.Engine.Apex.Addresses;

/// <summary>
/// Asks a redirector for one of its names over http, pinned to an address. Every question has a connection of its own: a kept
/// one would go on talking to the instance that had the address before.
/// </summary>
/// <param name="site">The site that the name belongs to.</param>
/// <param name="host">The name.</param>
/// <param name="routes">Where connections go.</param>
/// <param name="timeout">How long one question may take.</param>
/// <param name="reporter">Is told of each question.</param>
/// <param name="clock">For timeouts.</param>
/// <param name="target">The name that alone counts as redirected to, over https; null for any redirect.</param>
internal sealed class RedirectorProbe(
    HostedSite site, string host, ApexRoutes routes, TimeSpan timeout, IOperationReporter reporter, TimeProvider clock, string? target = null) : IElasticIpProbe
{
    /// <summary>What is asked for there.</summary>
    public string PathAndQuery { get; init; } = "/";

    /// <inheritdoc/>
    public async Task<ElasticIpAnswer> AskAsync(string publicIp, CancellationToken cancellationToken)
    {
        using var asker = new RedirectAsker(IPAddress.Parse(publicIp), routes, timeout, reporter, clock);
        var answer = await asker.AskAsync(site, new RedirectLocation("http", host, 80, PathAndQuery), cancellationToken).ConfigureAwait(false);
        return answer.Failure is { } failure
            ? new(false, null, failure.Reason)
            : new(
                answer.Status is 301 or 302 or 307 or 308 && answer.Location is { } where && LeadsToTarget(where),
                answer.InstanceId,
                FormattableString.Invariant($"{answer.Status}{(answer.Location is { } location ? " to " + ApexRedirectRules.Shorten(location) : "")} for {host}"))
            {
                Status = answer.Status,
            };
    }

    private bool LeadsToTarget(string location) =>
        target is null
        || (Uri.TryCreate(location, UriKind.Absolute, out var address)
            && address is { Scheme: "https", IsDefaultPort: true }
            && string.Equals(address.IdnHost, target, StringComparison.OrdinalIgnoreCase));
}
