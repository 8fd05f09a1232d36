namespace HostingOps.Engine.Dns;

/// <summary>
/// Proves switches at the zone's authoritative servers: asks each of them, directly and without recursion, until all
/// serve what the switch wanted, or the time is over.
/// </summary>
public sealed class SwitchVerifier
{
    private readonly DnsClient client;
    private readonly TimeProvider timeProvider;
    private readonly IOperationReporter reporter;

    /// <summary>Creates a verifier.</summary>
    /// <param name="client">Asks the servers.</param>
    /// <param name="timeProvider">The clock for pauses and the deadline.</param>
    /// <param name="reporter">Is told how many switches are proven; null for nobody.</param>
    public SwitchVerifier(DnsClient client, TimeProvider timeProvider, IOperationReporter? reporter = null)
    {
        this.client = client;
        this.timeProvider = timeProvider;
        this.reporter = reporter ?? SilentReporter.Instance;
    }

    /// <summary>
    /// Asks every server for the records of every switch. A switch is proven when each server, with authority, serves each
    /// record set of <see cref="DnsSwitch.After"/> (values as a set, and the TTL) and no type that only
    /// <see cref="DnsSwitch.Before"/> has. Each server is asked a bounded number of questions at a time, and only about
    /// what it has not yet answered as expected, with growing pauses.
    /// </summary>
    /// <param name="servers">The servers, each of which must agree.</param>
    /// <param name="switches">The switches, thousands if need be.</param>
    /// <param name="timeout">When to stop asking.</param>
    /// <param name="cancellationToken">Ends every wait.</param>
    /// <returns>One result a switch, in the same order. A server that fails is a result, not an error.</returns>
    public async Task<IReadOnlyList<SwitchVerification>> VerifyAsync(
        IReadOnlyList<AuthoritativeServer> servers,
        IReadOnlyList<DnsSwitch> switches,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var expectations = switches.Select(static change => new SwitchExpectation(change)).ToList();
        using var progress = new VerificationProgress([.. switches.Select(static change => change.SiteName)], servers.Count, reporter, timeProvider);
        var watches = servers.Select(server => new ServerWatch(server, expectations, client, timeProvider, progress)).ToList();

        using var expiry = new CancellationTokenSource(timeout, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            await Task.WhenAll(watches.Select(watch => watch.RunAsync(both.Token))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over: what the servers said last is the result.
        }

        cancellationToken.ThrowIfCancellationRequested();
        return expectations.Select((expectation, index) => Judge(expectation, watches.Select(watch => watch.AnswerOf(index)).ToList())).ToList();
    }

    private static SwitchVerification Judge(SwitchExpectation expectation, List<ServerAnswer> answers)
    {
        var others = answers.Where(static answer => !answer.Ok).ToList();
        var problem = expectation.Problem
            ?? (answers.Count == 0 ? "There is no name server to ask." : null)
            ?? (others.Count == 0 ? null : $"Expected {expectation}; {string.Join("; ", others.Select(Say))}.");
        return new SwitchVerification
        {
            SiteName = expectation.Switch.SiteName,
            Record = expectation.Switch.Record,
            Verified = problem is null,
            Answers = answers,
            Reason = problem ?? $"{(answers.Count == 1 ? "The name server serves" : $"All {answers.Count} name servers serve")} {expectation}.",
        };
    }

    private static string Say(ServerAnswer answer) => answer.Endpoint is null || answer.Endpoint == answer.Server
        ? $"{answer.Server}: {answer.Seen}"
        : $"{answer.Server} ({answer.Endpoint}): {answer.Seen}";
}
