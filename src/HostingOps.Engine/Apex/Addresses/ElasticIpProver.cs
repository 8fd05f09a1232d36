namespace HostingOps.Engine.Apex.Addresses;

/// <summary>Proves that an address is where it was put: by EC2's listing, then by its own answer.</summary>
internal sealed class ElasticIpProver(ElasticIpReader addresses, IOperationReporter reporter, TimeProvider time)
{
    private const string Activity = "Proving the Elastic IP";

    /// <summary>Looks until everything is proven or the time runs out.</summary>
    /// <param name="allocationId">The address's id.</param>
    /// <param name="publicIp">The address.</param>
    /// <param name="instanceId">The instance that must have it.</param>
    /// <param name="formerAssociationId">The association that EC2 may still list for a moment, or null.</param>
    /// <param name="options">How long, and how.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<ElasticIpProofResult> ProveAsync(
        string allocationId, string publicIp, string instanceId, string? formerAssociationId, ElasticIpMoveOptions options, CancellationToken cancellationToken)
    {
        var listed = await ReadBackAsync(allocationId, instanceId, formerAssociationId, options, cancellationToken).ConfigureAwait(false);
        if (listed.Proof == ElasticIpProof.None || options.Probe is not { } probe)
        {
            return listed;
        }

        var started = time.GetTimestamp();
        while (true)
        {
            var answer = await probe.AskAsync(publicIp, cancellationToken).ConfigureAwait(false);
            if (answer.Redirects && (answer.InstanceId is null || answer.InstanceId == instanceId))
            {
                reporter.Progress(new OperationProgress { Activity = Activity, Completed = true });
                return answer.InstanceId is null
                    ? listed with { Proof = ElasticIpProof.Answer, Seen = $"The address answers: {answer.Seen}. The answer does not name its instance." }
                    : listed with { Proof = ElasticIpProof.Identity, Seen = $"The address answers from {instanceId}: {answer.Seen}." };
            }

            var seen = answer.InstanceId is { } other && other != instanceId ? $"it still answers from {other}" : answer.Seen;
            var elapsed = time.GetElapsedTime(started);
            if (elapsed >= options.ProofTimeout)
            {
                reporter.Progress(new OperationProgress { Activity = Activity, Completed = true });
                return listed with
                {
                    Failed = true,
                    Seen = FormattableString.Invariant($"After {elapsed.TotalSeconds:0} s {publicIp} does not redirect from {instanceId}: {seen}."),
                };
            }

            reporter.Progress(new OperationProgress { Activity = Activity, CurrentItem = $"{publicIp}: {seen}" });
            await Task.Delay(options.Interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ElasticIpProofResult> ReadBackAsync(
        string allocationId, string instanceId, string? formerAssociationId, ElasticIpMoveOptions options, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var (now, failure) = await TryReadAsync(allocationId, cancellationToken).ConfigureAwait(false);
            if (now?.InstanceId == instanceId)
            {
                return new(ElasticIpProof.Association, now, false, $"EC2 lists the address with {instanceId}; nobody asked the address itself.");
            }

            // Neither the old association nor ours: somebody else was at it after us. An empty one is what a move looks like half way.
            if (now is { IsAssociated: true } && now.AssociationId != formerAssociationId)
            {
                return new(ElasticIpProof.None, now, true, $"EC2 lists the address with {now.Association}: somebody else has moved it on.") { MovedOn = true };
            }

            if (time.GetElapsedTime(started) >= options.ReadBackTimeout)
            {
                return new(ElasticIpProof.None, now, true, failure?.Message ?? $"EC2 still lists the address with {now!.Association}.");
            }

            await Task.Delay(options.Interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // The address is moved; that EC2 can't be asked for a moment is no reason to stop proving it.
    private async Task<(ElasticIp? Now, HostingException? Failure)> TryReadAsync(string allocationId, CancellationToken cancellationToken)
    {
        try
        {
            return (await addresses.ReadAsync(allocationId, cancellationToken).ConfigureAwait(false), null);
        }
        catch (HostingException error)
        {
            return (null, error);
        }
    }
}
