using System.Runtime.CompilerServices;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Dns.Changes;

/// <summary>
/// Carries plans of zone changes out: by compare-and-swap, in as few atomic requests as Route 53's limits allow, with a word in
/// the journal before and after each; takes up those that were cut off; takes them back.
/// </summary>
public sealed class ZoneChangeOperations
{
    // A number is all that a request without a marker has.
    private static readonly SentRequests MayHaveArrived = new(null, [1]);

    private readonly RecordSwitcher switcher;
    private readonly HostedZoneReader reader;
    private readonly ZoneChangeProof proof;
    private readonly Func<StateDatabase> state;
    private readonly IOperationReporter reporter;
    private readonly TimeProvider time;
    private readonly string? endpointUrl;

    internal ZoneChangeOperations(
        RecordSwitcher switcher,
        HostedZoneReader reader,
        ZoneChangeProof proof,
        Func<StateDatabase> state,
        string? endpointUrl,
        IOperationReporter reporter,
        TimeProvider time)
    {
        this.switcher = switcher;
        this.reader = reader;
        this.proof = proof;
        this.state = state;
        this.endpointUrl = endpointUrl;
        this.reporter = reporter;
        this.time = time;
    }

    private ZoneJournal Journal => new(state());

    /// <summary>
    /// Carries a plan out. A result comes for each change: request by request, or when the servers have been asked, if they are. One
    /// change's failure is its result, not an exception; and what was made before the journal failed is told before that error.
    /// </summary>
    /// <param name="plan">A plan that is allowed. One that changes nothing is not written down.</param>
    /// <param name="options">Time-outs.</param>
    /// <param name="cancellationToken">Stops between and within requests; the journal then says how far it got.</param>
    /// <exception cref="HostingException">
    /// ZoneChangeRefused: a limit refuses. StateCorrupt, StateUnavailable: nothing was begun.
    /// </exception>
    public async IAsyncEnumerable<DnsRecordChangeResult> ApplyAsync(
        ZoneChangePlan plan, ZoneChangeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        if (ZoneChangePlans.ChecksumOf(plan) != plan.Checksum)
        {
            throw new HostingException(
                ErrorIds.ZoneChangeRefused,
                HostingErrorCategory.InvalidArgument,
                plan.Zone,
                $"The plan says checksum {plan.Checksum}, and its changes have {ZoneChangePlans.ChecksumOf(plan)}: they are not those that were reviewed.",
                "Make a new plan.");
        }

        if (plan.Gates.FirstOrDefault(static gate => !gate.Allows) is { } refusal)
        {
            throw new HostingException(
                ErrorIds.ZoneChangeRefused,
                HostingErrorCategory.LimitsExceeded,
                plan.Zone,
                $"{refusal.Name} refuses the changes of '{plan.Zone}': {refusal.Reason}",
                $"Read the plan; if it is meant, override this limit by name: -Override {refusal.Name}.");
        }

        if (plan.Changes.Count == 0)
        {
            yield break;
        }

        var journal = Journal;
        var operation = new ZoneOperation
        {
            Id = journal.NewId(),
            By = OperatorIdentity.Current(),
            EndpointUrl = endpointUrl,
            StartedAt = time.GetUtcNow(),
            Plan = plan,
        };
        journal.Begin(operation);
        await foreach (var result in RunAsync(journal, operation, plan.Changes, [], options, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>The operation of that very plan that was begun in this state database and has not ended, or null.</summary>
    public string? FindOpen(string zoneId, string checksum) => Journal.Open(zoneId, checksum)?.Id;

    /// <summary>Does what is left of an operation that was cut off: of its plan, as it was confirmed, and nothing else.</summary>
    /// <param name="operationId">The operation's id or its unique beginning.</param>
    /// <param name="options">Time-outs.</param>
    /// <param name="cancellationToken">Stops where it is.</param>
    /// <exception cref="HostingException">OperationNotFound, OperationNotResumable, JournalTampered, or an AWS error.</exception>
    public async IAsyncEnumerable<DnsRecordChangeResult> ResumeAsync(
        string operationId, ZoneChangeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var journal = Journal;
        var operation = journal.Find(operationId);
        if (operation.EndedAt is { } ended)
        {
            throw new HostingException(
                ErrorIds.OperationNotResumable,
                HostingErrorCategory.InvalidArgument,
                operation.Id,
                FormattableString.Invariant($"Operation {operation.Id} ended at {ended:u}: {operation.Reason}"),
                "Make a new plan: it starts from what is there now.");
        }

        var sent = journal.Sent(operation.Id);
        var made = await switcher.ReconcileAsync(
            ZoneOf(operation.Plan),
            [.. operation.Plan.Changes.Select(change => (ToSwitch(change), sent.Contains(change.Record) ? MayHaveArrived : SentRequests.None))],
            cancellationToken).ConfigureAwait(false);
        var byRecord = operation.Plan.Changes.ToDictionary(static change => change.Record, StringComparer.Ordinal);
        var settled = made.Select(one => ZoneChangeOutcomes.Judge(operation, byRecord[one.Switch.Record], one)).ToArray();
        var left = operation.Plan.Changes.ExceptBy(settled.Select(static result => result.Record), static change => change.Record, StringComparer.Ordinal).ToArray();
        reporter.Verbose(FormattableString.Invariant($"Resuming operation {operation.Id}: {settled.Length} changes are settled, {left.Length} are left."));
        await foreach (var result in RunAsync(journal, operation, left, settled, options, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>Plans, by reading only, to take back what an operation has changed. What has been changed since is left alone, with a notice.</summary>
    /// <param name="operationId">The operation's id or its unique beginning.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HostingException">OperationNotFound; OperationNotUndoable when it has not ended; or an AWS error.</exception>
    public async Task<ZoneChangePlan> PlanUndoAsync(string operationId, ZoneChangePlanOptions options, CancellationToken cancellationToken)
    {
        var operation = Journal.Find(operationId);
        var done = operation.Results ?? throw new HostingException(
            ErrorIds.OperationNotUndoable,
            HostingErrorCategory.InvalidArgument,
            operation.Id,
            $"Operation {operation.Id} has not ended: what it has changed is not wholly known.",
            $"Finish it first with the same command and -Checksum {operation.Plan.Checksum}.");
        // Refuses a journal that was edited.
        _ = Journal.Sent(operation.Id);
        var zone = await reader.GetAsync(operation.Plan.ZoneId, operation.Plan.Zone, cancellationToken).ConfigureAwait(false);
        var made = done.Where(static result => result.Outcome is DnsRecordChangeOutcome.Applied or DnsRecordChangeOutcome.NotProven)
            .Select(static result => result.Change).ToArray();
        var stored = await reader.ReadAsync(zone, [.. made.SelectMany(static change => SwitchScope.Records.NamesOf(ToSwitch(change)))], cancellationToken).ConfigureAwait(false);
        var back = new List<DnsRecordChange>();
        var notices = new List<ZoneNotice>();
        foreach (var change in made)
        {
            // As Route 53 has them, for it may spell a name in another way than it was sent.
            var now = SwitchScope.Records.StoredFor(ToSwitch(change), stored);
            if (DesiredRecords.SameRecords(now, change.After, compareTtl: true))
            {
                back.Add(change with { Before = now, After = change.Before, Reason = $"Takes back operation {operation.Id}." });
            }
            else
            {
                notices.Add(new ZoneNotice(
                    ZoneNoticeKind.Drift,
                    change.Record,
                    change.SiteName,
                    $"Changed since operation {operation.Id}: expected {DesiredRecords.Describe(change.After)}, found {DesiredRecords.Describe(now)}. It is left alone."));
            }
        }

        return ZoneChangePlans.Create(
            ZoneChangeKind.Undo, zone, (int)Math.Min(int.MaxValue, zone.RecordSetCount), back, notices, options, time.GetUtcNow(), operation.Plan.InventoryPath) with
        {
            UndoOf = operation.Id,
        };
    }

    private async IAsyncEnumerable<DnsRecordChangeResult> RunAsync(
        ZoneJournal journal,
        ZoneOperation operation,
        IReadOnlyList<DnsRecordChange> changes,
        IReadOnlyList<DnsRecordChangeResult> alreadySettled,
        ZoneChangeOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var results = alreadySettled.ToList();
        var ended = false;
        try
        {
            HostingException? broken = null;
            foreach (var result in alreadySettled.Where(_ => !options.Verify))
            {
                yield return result;
            }

            await foreach (var told in SendAsync(journal, operation, changes, error => broken = error, cancellationToken).ConfigureAwait(false))
            {
                results.AddRange(told);
                foreach (var result in told.Where(_ => !options.Verify))
                {
                    yield return result;
                }
            }

            if (broken is null)
            {
                if (options.Verify)
                {
                    var proven = await proof.ProveAsync(ZoneOf(operation.Plan), [.. results.Where(IsOurs)], options, cancellationToken).ConfigureAwait(false);
                    results = [.. results.Where(static result => !IsOurs(result)), .. proven];
                }

                try
                {
                    Finish(journal, operation, results);
                    ended = true;
                }
                catch (HostingException error)
                {
                    broken = error;
                }
            }

            // What was made must not look like nothing when the journal fails.
            foreach (var result in results.Where(_ => options.Verify))
            {
                yield return result;
            }

            if (broken is not null)
            {
                throw broken;
            }
        }
        finally
        {
            if (!ended)
            {
                reporter.Warning(
                    $"Operation {operation.Id} was cut off with {results.Count} of {operation.Plan.Changes.Count} changes settled. "
                    + $"The same command with -Checksum {operation.Plan.Checksum} finishes it.");
            }
        }
    }

    // What was settled is given out also when the journal then fails; the failure goes to whoever asked.
    private async IAsyncEnumerable<DnsRecordChangeResult[]> SendAsync(
        ZoneJournal journal,
        ZoneOperation operation,
        IReadOnlyList<DnsRecordChange> changes,
        Action<HostingException> stopped,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var byRecord = changes.ToDictionary(static change => change.Record, StringComparer.Ordinal);
        await using var batches = switcher.SwitchBatchesAsync(
            ZoneOf(operation.Plan),
            [.. changes.Select(ToSwitch)],
            operation: null,
            firstNumber: 1,
            (number, switches) => journal.Append(
                operation.Id,
                JournalMoment.Started,
                FormattableString.Invariant($"Request {number}: {switches.Count} changes."),
                [.. switches.Select(static one => one.Record)]),
            cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            DnsRecordChangeResult[] told = [];
            HostingException? failure = null;
            try
            {
                if (!await batches.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }

                told = batches.Current.Select(one => ZoneChangeOutcomes.Judge(operation, byRecord[one.Switch.Record], one)).ToArray();
                Note(journal, operation, JournalMoment.Done, "made", [.. told.Where(IsOurs)]);
                Note(journal, operation, JournalMoment.Failed, "not made", [.. told.Where(static result => !IsOurs(result) && result.Outcome != DnsRecordChangeOutcome.Unknown)]);
            }
            catch (HostingException error)
            {
                failure = error;
            }

            yield return told;
            if (failure is not null)
            {
                stopped(failure);
                yield break;
            }
        }
    }

    private static void Note(ZoneJournal journal, ZoneOperation operation, JournalMoment moment, string what, DnsRecordChangeResult[] some)
    {
        if (some.Length > 0)
        {
            journal.Append(operation.Id, moment, FormattableString.Invariant($"{some.Length} changes are {what}."), [.. some.Select(static result => result.Record)]);
        }
    }

    private static void Finish(ZoneJournal journal, ZoneOperation operation, IReadOnlyList<DnsRecordChangeResult> results)
    {
        // An unknown change stays open: a resume reads it again.
        if (results.Any(static result => result.Outcome == DnsRecordChangeOutcome.Unknown))
        {
            return;
        }

        var failed = results.FirstOrDefault(static result => result.ErrorId is not null);
        var good = results.Count(static result => result.ErrorId is null);
        journal.Finish(
            operation.Id,
            failed is null ? "Succeeded" : good == 0 ? "Failed" : "Partial",
            FormattableString.Invariant($"{good} of {results.Count} changes are made."),
            failed?.ErrorId,
            results);
    }

    // What somebody else made is theirs to prove, and not ours to take back.
    private static bool IsOurs(DnsRecordChangeResult result) => result.Outcome == DnsRecordChangeOutcome.Applied;

    private static DnsSwitch ToSwitch(DnsRecordChange change) =>
        new() { SiteName = change.Record, Record = change.Record, Before = change.Before, After = change.After };

    private static HostedZoneReference ZoneOf(ZoneChangePlan plan) => new(plan.ZoneId, plan.Zone, plan.ZoneRecordSetCount);
}
