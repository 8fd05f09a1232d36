using System.Collections.Concurrent;
using Amazon.Route53.Model;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Watch.Witnesses.Route53;

/// <summary>
/// Route 53's own checkers as one voice. Each health check is asked once however many sites it stands for, those that stand for
/// most sites first, for Route 53 answers one such request a second. What was not asked in time is Unknown.
/// </summary>
/// <param name="settings">The threshold.</param>
/// <param name="source">Reads health checks.</param>
/// <param name="time">The clock.</param>
internal sealed class Route53Witness(Route53WitnessSettings settings, IHealthCheckSource source, TimeProvider time) : IWitness
{
    // No more than the API's own burst: a turn that is waited for in vain is lost.
    private const int AtOnce = 4;
    private static readonly TimeSpan ConfigurationKept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (HealthCheckConfig Config, long Read)> configurations = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => WitnessReader.Route53;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WitnessOpinion>> AskAsync(
        IReadOnlyList<(HostedSite Site, SiteHost Host)> targets, CancellationToken deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var ids = targets.Select(static target => IdOf(target.Site, target.Host)).ToArray();
        var questions = new ConcurrentQueue<string>(ids.OfType<string>().GroupBy(static id => id, StringComparer.Ordinal)
            .OrderByDescending(static same => same.Count()).Select(static same => same.Key));
        var heard = new ConcurrentDictionary<string, Report>(StringComparer.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(questions, heard, deadline, cancellationToken))).ConfigureAwait(false);
        return [.. targets.Select((target, i) => Opinion(target.Site, target.Host, ids[i], heard))];
    }

    private static string? IdOf(HostedSite site, SiteHost host) => site.HealthChecks.GetValueOrDefault(host.Name) ?? host.HealthCheck;

    private async Task WorkAsync(
        ConcurrentQueue<string> questions, ConcurrentDictionary<string, Report> heard, CancellationToken deadline, CancellationToken cancellationToken)
    {
        while (!deadline.IsCancellationRequested && questions.TryDequeue(out var id))
        {
            try
            {
                heard[id] = await AskAsync(id, deadline).ConfigureAwait(false);
            }
            catch (HostingException error)
            {
                heard[id] = new Report(null, [], error.Message);
            }
            catch (Exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Time is up; however the SDK puts it, this one was not heard.
                return;
            }
        }
    }

    private async Task<Report> AskAsync(string id, CancellationToken cancellationToken)
    {
        if (!configurations.TryGetValue(id, out var known) || time.GetElapsedTime(known.Read) > ConfigurationKept)
        {
            known = (await source.ConfigurationAsync(id, cancellationToken).ConfigureAwait(false), time.GetTimestamp());
            configurations[id] = known;
        }

        // What is evidence of nothing need not be asked for, at one a second.
        if (known.Config is { Disabled: true } or { Inverted: true })
        {
            return new Report(known.Config, [], null);
        }

        return new Report(known.Config, await source.ObservationsAsync(id, cancellationToken).ConfigureAwait(false), null);
    }

    private WitnessOpinion Opinion(HostedSite site, SiteHost host, string? id, ConcurrentDictionary<string, Report> heard)
    {
        if (id is null)
        {
            return Unknown($"no health check is named for {host.Name}");
        }

        if (!heard.TryGetValue(id, out var report))
        {
            return Unknown("not asked in time: Route 53 tells of one health check a second");
        }

        if (report.Config is null)
        {
            return Unknown(report.Obstacle ?? "");
        }

        var scope = HealthCheckScope.Of(report.Config, site, host, site.HealthChecks.ContainsKey(host.Name));
        if (scope.Obstacle is { } obstacle)
        {
            return Unknown(obstacle);
        }

        var (answer, reason) = CheckerJudgement.Judge(report.Observations, settings, scope.Interval, time.GetUtcNow());
        return answer == WitnessAnswer.Serves && !scope.SeesSite
            ? Unknown($"its health check looks at the host, not at this site, and the host answers: {reason}")
            : new WitnessOpinion(Name, answer, reason);
    }

    private WitnessOpinion Unknown(string reason) => new(Name, WitnessAnswer.Unknown, reason.TrimEnd('.'));

    private sealed record Report(HealthCheckConfig? Config, IReadOnlyList<CheckerObservation> Observations, string? Obstacle);
}
