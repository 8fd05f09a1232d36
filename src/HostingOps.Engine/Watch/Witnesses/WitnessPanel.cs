namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>Asks every witness at once, each within its time. Whatever goes wrong with one is that one's Unknown.</summary>
/// <param name="witnesses">The witnesses, in the inventory's order.</param>
/// <param name="timeout">How long each may take.</param>
/// <param name="reporter">Is told what each said.</param>
/// <param name="time">The clock.</param>
/// <param name="here">The mark of this machine, or null where that is not known.</param>
internal sealed class WitnessPanel(IReadOnlyList<IWitness> witnesses, TimeSpan timeout, IOperationReporter reporter, TimeProvider time, string? here = null)
    : IWitnessPanel
{
    /// <inheritdoc/>
    public bool IsConfigured => witnesses.Count > 0;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<WitnessOpinion>>> AskAsync(
        IReadOnlyList<(HostedSite Site, SiteHost Host)> targets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
        {
            return [];
        }

        var heard = await Task.WhenAll(witnesses.Select(witness => HearAsync(witness, targets, cancellationToken))).ConfigureAwait(false);
        var opinions = Enumerable.Range(0, targets.Count)
            .Select(IReadOnlyList<WitnessOpinion> (i) => WitnessVoices.OnePerMachine([.. heard.Select(answers => answers[i])], here)).ToArray();
        for (var i = 0; i < targets.Count; i++)
        {
            foreach (var opinion in opinions[i])
            {
                reporter.Verbose($"{targets[i].Site.Name} on {targets[i].Host.Name}: witness {opinion.Witness} says {opinion.Answer}. {opinion.Reason}");
            }
        }

        return opinions;
    }

    private async Task<IReadOnlyList<WitnessOpinion>> HearAsync(
        IWitness witness, IReadOnlyList<(HostedSite Site, SiteHost Host)> targets, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string silence;
        try
        {
            // A witness that does not heed its deadline is not waited for either.
            var answers = await witness.AskAsync(targets, deadline.Token, cancellationToken).WaitAsync(timeout + Grace, time, cancellationToken).ConfigureAwait(false);
            if (answers.Count == targets.Count)
            {
                return answers;
            }

            silence = FormattableString.Invariant($"it answered {answers.Count} of {targets.Count} questions");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            silence = error is OperationCanceledException or TimeoutException
                ? FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s")
                : $"{(error is HostingException ? "" : error.GetType().Name + ": ")}{error.Message.TrimEnd('.')}";
        }

        return [.. targets.Select(_ => new WitnessOpinion(witness.Name, WitnessAnswer.Unknown, silence))];
    }

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
}
