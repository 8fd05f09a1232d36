using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Asks for each redirect over http with a path and a query, and compares status and Location.</summary>
internal sealed class PinnedRedirectCheck(RedirectorWays ways, int status, int throttleLimit) : IApexRedirectCheck
{
    private const string PathAndQuery = "/hostingops-check?a=1&b=%2F";

    /// <inheritdoc/>
    public bool AsksHttps => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ApexRedirectAnswer> CheckAsync(
        IReadOnlyList<ApexRedirect> redirects, string address, string instanceId, bool https, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answers = Channel.CreateBounded<ApexRedirectAnswer>(throttleLimit);
        var asking = AskAllAsync();
        await foreach (var answer in answers.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return answer;
        }

        await asking.ConfigureAwait(false);

        async Task AskAllAsync()
        {
            try
            {
                await Parallel.ForEachAsync(
                    redirects,
                    new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken },
                    async (redirect, stop) => await answers.Writer.WriteAsync(await AskAsync(redirect, address, instanceId, stop).ConfigureAwait(false), stop)
                        .ConfigureAwait(false)).ConfigureAwait(false);
                answers.Writer.Complete();
            }
            catch (Exception error)
            {
                answers.Writer.Complete(error);
            }
        }
    }

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
