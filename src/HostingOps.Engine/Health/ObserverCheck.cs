namespace HostingOps.Engine.Health;

/// <summary>
/// Asks known-good addresses before failures are believed: when none of them answers either, the observer is at fault.
/// </summary>
/// <param name="prober">Makes the requests. Not disposed here.</param>
/// <param name="timeout">Time for each address; null for 5 s.</param>
internal sealed class ObserverCheck(SiteProber prober, TimeSpan? timeout = null)
{
    private readonly TimeSpan limit = timeout ?? TimeSpan.FromSeconds(5);

    /// <summary>Asks all at once and is content with the first that gives any HTTP answer below 500.</summary>
    /// <exception cref="HostingException">InvalidArgument: one of them is no http or https address.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ObserverSanity> CheckAsync(IReadOnlyList<string> urls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(urls);
        if (urls.Count == 0)
        {
            return new ObserverSanity(true, false, "The policy names no observer checks.");
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = urls.Select(url => AskAsync(url, enough.Token)).ToList();
        var pending = new List<Task<(string Url, bool Answers)>>(asked);
        string? good = null;
        try
        {
            while (good is null && pending.Count > 0)
            {
                var ended = await Task.WhenAny(pending).ConfigureAwait(false);
                pending.Remove(ended);
                var (url, answers) = await ended.ConfigureAwait(false);
                good = answers ? url : null;
            }
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);

            // Those cut off end with a cancellation that nobody needs; they are only waited for.
            await Task.WhenAll(pending).ContinueWith(
                static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .ConfigureAwait(false);
        }

        return good is not null
            ? new ObserverSanity(true, true, $"{good} answers this machine.")
            : new ObserverSanity(
                false, true, $"None of the known-good addresses answers this machine ({string.Join(", ", urls)}), so the fault may lie here.");
    }

    private async Task<(string Url, bool Answers)> AskAsync(string url, CancellationToken cancellationToken) =>
        (url, await prober.ProbeUrlAsync(url, limit, cancellationToken).ConfigureAwait(false));
}
