using System.Runtime.CompilerServices;
using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Failover;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Dns;

/// <summary>
/// Switches records by compare-and-swap: DELETE of exactly what was seen and CREATE of what is wanted, in one atomic
/// batch, many sites per batch. Never an UPSERT of a record that carries traffic.
/// </summary>
/// <param name="route53">Route 53.</param>
/// <param name="reader">Reads the records again when an answer is lost.</param>
/// <param name="reporter">Is told what is sent.</param>
/// <param name="time">The clock of the waits.</param>
/// <param name="random">Spreads the waits, so that machines that were refused together do not come back together.</param>
public sealed class RecordSwitcher(IAmazonRoute53 route53, HostedZoneReader reader, IOperationReporter reporter, TimeProvider time, Random random)
{
    private readonly SwitchScope scope = SwitchScope.Sites;

    /// <summary>As the public one, for switches of that scope.</summary>
    internal RecordSwitcher(
        IAmazonRoute53 route53, HostedZoneReader reader, IOperationReporter reporter, TimeProvider time, Random random, SwitchScope scope)
        : this(route53, reader, reporter, time, random) => this.scope = scope;

    // Route 53 works on one write of a zone at a time, so waiting is normal under load; a lost answer is not.
    private const int MaxWaits = 12;
    private const int MaxLostAnswers = 4;

    // The name of the quota, in the words of ChangeResourceRecordSets' refusal.
    private const string ZoneIsFull = "MAX_RRSETS_BY_ZONE";
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>Carries out the switches. A result comes for each, batch by batch, as soon as it is known.</summary>
    /// <param name="zone">The hosted zone of all the records.</param>
    /// <param name="switches">At most one for each record.</param>
    /// <param name="operation">Who does it, written to the zone's marker; null for no marker.</param>
    /// <param name="cancellationToken">Ends the work between and within requests; the outcome of a request that was under way is then not known.</param>
    public async IAsyncEnumerable<SwitchResult> SwitchAsync(
        HostedZoneReference zone,
        IReadOnlyList<DnsSwitch> switches,
        SwitchMarker? operation,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var settled in SwitchBatchesAsync(zone, switches, operation, 1, static (_, _) => { }, cancellationToken).ConfigureAwait(false))
        {
            foreach (var result in settled)
            {
                yield return result;
            }
        }
    }

    /// <summary>The same, with what is needed to take it up again after a crash: results by request, and a word before each request.</summary>
    /// <param name="zone">The hosted zone of all the records.</param>
    /// <param name="switches">At most one for each record.</param>
    /// <param name="operation">Who does it, written to the zone's marker; null for no marker.</param>
    /// <param name="firstNumber">Number of the first batch. An operation must never use a number twice: by it the marker tells its batches apart.</param>
    /// <param name="sending">Is told a batch's number and switches before it is sent for the first time.</param>
    /// <param name="cancellationToken">As for <see cref="SwitchAsync"/>.</param>
    internal async IAsyncEnumerable<IReadOnlyList<SwitchResult>> SwitchBatchesAsync(
        HostedZoneReference zone,
        IReadOnlyList<DnsSwitch> switches,
        SwitchMarker? operation,
        int firstNumber,
        Action<int, IReadOnlyList<DnsSwitch>> sending,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new Queue<SwitchBatch>(SwitchBatch.Pack(switches, operation is not null, firstNumber));
        var nextNumber = firstNumber + waiting.Count;
        using var progress = new ActivityProgress(reporter, time, scope.Activity, switches.Count, MoveProgress.Activity);
        while (waiting.TryDequeue(out var batch))
        {
            progress.Now(batch.Switches[0].SiteName);
            sending(batch.Number, batch.Switches);
            var attempt = await ApplyAsync(zone, batch, operation, cancellationToken).ConfigureAwait(false);
            progress.Advance(batch.Switches[0].SiteName, attempt.Settled.Count);
            yield return attempt.Settled;
            foreach (var part in attempt.Remaining)
            {
                waiting.Enqueue(new SwitchBatch(nextNumber++, part, attempt.Lost));
            }
        }
    }

    /// <summary>
    /// Finds out what became of switches: applied by this operation, taken by another, or not done (no entry in the
    /// result).
    /// </summary>
    /// <param name="zone">The hosted zone.</param>
    /// <param name="switches">The switches, each with what was sent for it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<IReadOnlyList<SwitchResult>> ReconcileAsync(
        HostedZoneReference zone, IReadOnlyList<(DnsSwitch Change, SentRequests Sent)> switches, CancellationToken cancellationToken)
    {
        var markerName = SwitchMarkerRecord.NameIn(zone.Name);
        string[] names = [.. switches.SelectMany(one => scope.NamesOf(one.Change)), .. scope.HasMarker ? [markerName] : Array.Empty<string>()];
        var stored = await reader.ReadAsync(zone, names, cancellationToken).ConfigureAwait(false);
        var marker = scope.HasMarker ? SwitchMarkerRecord.FromRecordSets(stored[markerName]) : null;
        return switches
            .Select(one => SwitchAttribution.Judge(one.Change, scope.StoredFor(one.Change, stored), marker, one.Sent))
            .OfType<SwitchResult>()
            .ToArray();
    }

    private async Task<Attempt> ApplyAsync(
        HostedZoneReference zone, SwitchBatch batch, SwitchMarker? operation, CancellationToken cancellationToken)
    {
        HostingException? lastError = null;
        var lost = batch.Lost;
        var (waits, lostAnswers) = (0, 0);
        while (waits < MaxWaits && lostAnswers < MaxLostAnswers)
        {
            if (waits + lostAnswers > 0)
            {
                await Task.Delay(Backoff(waits + lostAnswers), time, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                reporter.Verbose(FormattableString.Invariant($"Sending batch {batch.Number} to Route 53: {batch.Switches.Count} {scope.Noun} in '{zone.Name}'."));
                var answer = await route53.ChangeResourceRecordSetsAsync(Request(zone, batch, operation), cancellationToken).ConfigureAwait(false);
                return Attempt.AllSettled(batch.Switches.Select(change => new SwitchResult(change, SwitchOutcome.Applied, answer.ChangeInfo?.Id)));
            }
            catch (InvalidChangeBatchException refusal)
            {
                return await IsolateAsync(zone, batch, operation, lost, refusal, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                var translated = AwsErrorTranslation.Translate(error, zone.Name, "route53:ChangeResourceRecordSets");
                lastError = translated;
                switch (WriteFailure.Classify(translated))
                {
                    case WriteFailureKind.NothingHappened:
                        return Unsettled(batch, lost, translated);

                    case WriteFailureKind.AskedToWait:
                        waits++;
                        reporter.Verbose($"Route 53 asked to wait: {translated.Message}");
                        continue;

                    default:
                        lost = lostAnswers++ == 0 ? [.. lost, batch.Number] : lost;
                        reporter.Verbose($"The answer to batch {batch.Number} was lost ({translated.Message}); reading the records again.");
                        var settled = await TryReconcileAsync(zone, batch, operation, lost, cancellationToken).ConfigureAwait(false);
                        if (settled is null || settled.Count == 0)
                        {
                            continue;
                        }

                        return new Attempt(settled, Rest(batch, settled), lost);
                }
            }
        }

        return Unsettled(batch, lost, lastError!);
    }

    // The batch is atomic: one drifted record refuses all of it. Whoever has drifted is a conflict; the rest goes again.
    private async Task<Attempt> IsolateAsync(
        HostedZoneReference zone, SwitchBatch batch, SwitchMarker? operation, IReadOnlyList<int> lost, InvalidChangeBatchException refusal, CancellationToken cancellationToken)
    {
        if (await TryReconcileAsync(zone, batch, operation, lost, cancellationToken).ConfigureAwait(false) is not { } settled)
        {
            return Unsettled(batch, lost, AwsErrorTranslation.Translate(refusal, zone.Name, "route53:ChangeResourceRecordSets"));
        }

        if (settled.Count > 0)
        {
            reporter.Verbose(FormattableString.Invariant($"{settled.Count} of {batch.Switches.Count} records of batch {batch.Number} had changed; sending the rest again."));
            return new Attempt(settled, Rest(batch, settled), lost);
        }

        var messages = refusal.Messages is { Count: > 0 } list ? string.Join(" ", list) : refusal.Message;
        if (messages.Contains(ZoneIsFull, StringComparison.Ordinal))
        {
            // Filling the zone to the brim, change by change, would leave half of the work undone.
            return Unsettled(batch, lost, new HostingException(
                ErrorIds.AwsRequestFailed,
                HostingErrorCategory.LimitsExceeded,
                zone.Name,
                $"'{zone.Name}' would have more record sets than Route 53 allows in one zone: {messages}",
                "Ask AWS for a higher quota (Service Quotas, 'Records per hosted zone'), or delete what is no longer needed.",
                refusal));
        }

        // No record has drifted, so Route 53 dislikes a value: halve the batch until the culprit stands alone.
        if (batch.Switches.Count > 1)
        {
            var half = batch.Switches.Count / 2;
            return new Attempt([], [batch.Switches.Take(half).ToArray(), batch.Switches.Skip(half).ToArray()], lost);
        }

        var only = batch.Switches[0];
        return Attempt.AllSettled([new SwitchResult(only, SwitchOutcome.Failed, Error: new HostingException(
            ErrorIds.AwsRequestFailed,
            HostingErrorCategory.InvalidArgument,
            only.SiteName,
            $"Route 53 refused the change of '{only.Record}': {messages}",
            scope.WhenRefused,
            refusal))]);
    }

    private async Task<IReadOnlyList<SwitchResult>?> TryReconcileAsync(
        HostedZoneReference zone, SwitchBatch batch, SwitchMarker? operation, IReadOnlyList<int> lost, CancellationToken cancellationToken)
    {
        var sent = new SentRequests(operation?.OperationId, lost);
        try
        {
            return await ReconcileAsync(zone, [.. batch.Switches.Select(change => (change, sent))], cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException error)
        {
            // Not read: another attempt is still safe, for it is a compare-and-swap.
            reporter.Verbose($"Reading again failed too: {error.Message}");
            return null;
        }
    }

    private ChangeResourceRecordSetsRequest Request(HostedZoneReference zone, SwitchBatch batch, SwitchMarker? operation)
    {
        var changes = batch.Switches.SelectMany(static change =>
            change.Before.Select(static set => new Change { Action = ChangeAction.DELETE, ResourceRecordSet = RecordSetMapping.ToRoute53(set) })
                .Concat(change.After.Select(static set => new Change { Action = ChangeAction.CREATE, ResourceRecordSet = RecordSetMapping.ToRoute53(set) })))
            .ToList();
        if (operation is not null)
        {
            var marker = operation with
            {
                At = time.GetUtcNow(),
                Batch = batch.Number,
                SiteCount = batch.Switches.Count,
                Sites = batch.Switches.Select(static change => change.SiteName).ToArray(),
            };

            // The marker says who was last; it decides nothing, so here an UPSERT is right.
            changes.Add(new Change
            {
                Action = ChangeAction.UPSERT,
                ResourceRecordSet = RecordSetMapping.ToRoute53(SwitchMarkerRecord.ToRecordSet(zone.Name, marker)),
            });
        }

        return new ChangeResourceRecordSetsRequest
        {
            HostedZoneId = zone.Id,
            ChangeBatch = new ChangeBatch { Comment = operation is null ? "HostingOps" : $"HostingOps {operation.OperationId}", Changes = changes },
        };
    }

    private static IReadOnlyList<IReadOnlyList<DnsSwitch>> Rest(SwitchBatch batch, IReadOnlyList<SwitchResult> settled)
    {
        var names = settled.Select(static result => result.Switch.SiteName).ToHashSet(StringComparer.Ordinal);
        var rest = batch.Switches.Where(change => !names.Contains(change.SiteName)).ToArray();
        return rest.Length == 0 ? [] : [rest];
    }

    // A refusal is certain of this request only: one sent before it may have been carried out.
    private Attempt Unsettled(SwitchBatch batch, IReadOnlyList<int> lost, HostingException error) =>
        Attempt.AllSettled(batch.Switches.Select(change => lost.Count == 0
            ? new SwitchResult(change, SwitchOutcome.Failed, Error: error)
            : new SwitchResult(change, SwitchOutcome.Unknown, Error: UnknownOutcome(change, error))));

    private HostingException UnknownOutcome(DnsSwitch change, HostingException cause) => new(
        ErrorIds.ChangeOutcomeUnknown,
        HostingErrorCategory.ConnectionError,
        change.SiteName,
        $"Whether '{change.Record}' was switched is not known: {cause.Message}",
        scope.WhenUnknown,
        cause);

    private TimeSpan Backoff(int failures)
    {
        var delay = FirstDelay * Math.Pow(2, failures - 1);
        return (delay < LongestDelay ? delay : LongestDelay) * (0.75 + (random.NextDouble() / 2));
    }

    private sealed record Attempt(IReadOnlyList<SwitchResult> Settled, IReadOnlyList<IReadOnlyList<DnsSwitch>> Remaining, IReadOnlyList<int> Lost)
    {
        public static Attempt AllSettled(IEnumerable<SwitchResult> results) => new(results.ToArray(), [], []);
    }
}
