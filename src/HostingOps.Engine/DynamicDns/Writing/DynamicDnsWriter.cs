using HostingOps.Engine.Dns;
using HostingOps.Engine.Operations;
using HostingOps.Engine.State;

namespace HostingOps.Engine.DynamicDns.Writing;

/// <summary>
/// Writes one record by compare-and-swap, proves it, and keeps the history: a row before the write and its end after it, so that
/// the next run finds out what became of a write that was cut off. No marker is written, see docs/decisions/0019-dynamic-dns.md.
/// </summary>
internal sealed class DynamicDnsWriter(
    RecordSwitcher switcher, HostedZoneReader zones, RecordProof proof, DynamicDnsRegister register, OperationLock locks, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Carries a plan out. What goes wrong is the result; only cancellation is thrown.</summary>
    public async Task<DynamicDnsResult> WriteAsync(DynamicDnsPlan plan, DynamicDnsOptions options, CancellationToken cancellationToken)
    {
        using var lease = Take(plan.Zone, plan.Record, out var heldBy);
        if (lease is null)
        {
            return plan.Result(DynamicDnsOutcome.Failed, $"{heldBy!.Holder} (process {heldBy.ProcessId}) is updating '{plan.Record}' at this moment; nothing was written.", time.GetUtcNow()) with
            {
                ErrorId = ErrorIds.DynamicDnsBusy,
            };
        }

        using var renewal = lease.KeepRenewed(time);
        var sequence = register.Begin(plan.Zone.Id, plan.Record, plan.AddressFamily, plan.From, plan.To!);
        SwitchResult? written = null;
        await foreach (var one in switcher.SwitchAsync(plan.Zone, [plan.Change], operation: null, cancellationToken).ConfigureAwait(false))
        {
            written = one;
        }

        var result = await EndAsync(plan, written!, options, cancellationToken).ConfigureAwait(false);
        if (result.Outcome != DynamicDnsOutcome.Unknown)
        {
            // What is not known stays open: the next run reads the record and closes it.
            register.Finish(sequence, result, plan.Zone.Id, written!.Outcome == SwitchOutcome.Applied);
        }

        return result;
    }

    /// <summary>
    /// Finds out what became of writes that were cut off: whether any was closed, and the result of the newest that had been
    /// carried out, or null.
    /// </summary>
    public async Task<(bool Closed, DynamicDnsResult? Carried)> ReconcileAsync(
        DynamicDnsPlan plan, IReadOnlyList<DnsRecordSet> stored, DynamicDnsOptions options, CancellationToken cancellationToken)
    {
        if (register.Open(plan.Zone.Id, plan.Record, plan.AddressFamily).Count == 0)
        {
            return (false, null);
        }

        // Whoever holds the lock is not cut off.
        using var lease = Take(plan.Zone, plan.Record, out _);
        if (lease is null)
        {
            return (false, null);
        }

        DynamicDnsResult? found = null;
        foreach (var (sequence, from, to) in register.Open(plan.Zone.Id, plan.Record, plan.AddressFamily))
        {
            var happened = plan.From is { } there && Deciding.DynamicDnsFacts.Same(there, to);
            var undone = !happened && (plan.From ?? "") == (from ?? "");
            var result = plan with { Ended = null };
            DynamicDnsResult ended;
            if (happened)
            {
                var present = stored.First(set => set.Type == TypeOf(plan.AddressFamily));
                var (verified, reason) = await proof.ProveAsync(
                    plan.Zone, plan.Change with { Before = [], After = [present] }, null, options, cancellationToken).ConfigureAwait(false);
                ended = result.Result(
                    verified == false ? DynamicDnsOutcome.UpdatedUnproven : DynamicDnsOutcome.Updated,
                    $"A run that was cut off had written {to}. {reason}",
                    time.GetUtcNow()) with { From = from, To = to, Verified = verified };
                found = ended;
            }
            else
            {
                ended = result.Result(
                    undone ? DynamicDnsOutcome.Failed : DynamicDnsOutcome.Conflict,
                    undone ? $"A run was cut off before it wrote {to}." : $"A run that was to write {to} was cut off, and the record now has {plan.From ?? "no address"}.",
                    time.GetUtcNow()) with { From = from, To = to };
            }

            register.Finish(sequence, ended, plan.Zone.Id, happened);
        }

        return (true, found);
    }

    private async Task<DynamicDnsResult> EndAsync(DynamicDnsPlan plan, SwitchResult written, DynamicDnsOptions options, CancellationToken cancellationToken)
    {
        switch (written.Outcome)
        {
            case SwitchOutcome.Applied:
                register.Know(plan.Zone.Id, plan.Record, plan.AddressFamily, plan.To!);
                var (verified, reason) = await proof.ProveAsync(plan.Zone, plan.Change, written.ChangeId, options, cancellationToken).ConfigureAwait(false);
                var note = written.Note is null ? "" : written.Note + " ";
                return plan.Result(
                    verified == false ? DynamicDnsOutcome.UpdatedUnproven : DynamicDnsOutcome.Updated,
                    $"{(plan.From is null ? "Created with" : "Changed to")} {plan.To}. {note}{reason}",
                    time.GetUtcNow()) with { ChangeId = written.ChangeId, Verified = verified };

            case SwitchOutcome.Conflict:
                return await LostAsync(plan, cancellationToken).ConfigureAwait(false);

            case SwitchOutcome.Unknown:
                return plan.Result(
                    DynamicDnsOutcome.Unknown, $"{written.Error!.Message} The next run reads the record and finds out.", time.GetUtcNow());

            default:
                return plan.Result(DynamicDnsOutcome.Failed, $"Nothing was written: {written.Error!.Message}", time.GetUtcNow()) with { ErrorId = written.Error.ErrorId };
        }
    }

    // Another updater of the same line wants the same address: then there is nothing to mind.
    private async Task<DynamicDnsResult> LostAsync(DynamicDnsPlan plan, CancellationToken cancellationToken)
    {
        var sets = (await zones.ReadAsync(plan.Zone, [plan.Record], cancellationToken).ConfigureAwait(false))[plan.Record];
        var there = sets.FirstOrDefault(set => set.Type == TypeOf(plan.AddressFamily))?.Values ?? [];
        return there is [var only] && Deciding.DynamicDnsFacts.Same(only, plan.To!)
            ? plan.Result(DynamicDnsOutcome.Unchanged, $"Another updater was first: '{plan.Record}' has {plan.To} already.", time.GetUtcNow())
            : plan.Result(
                DynamicDnsOutcome.Conflict,
                $"'{plan.Record}' was changed by somebody else: expected {plan.From ?? "no address"}, found {(there.Count == 0 ? "no address" : string.Join(", ", there))}. Nothing was written.",
                time.GetUtcNow());
    }

    private SiteLease? Take(HostedZoneReference zone, string record, out LockHolder? heldBy) =>
        locks.TryAcquire(zone.Name, "dynamicDns:" + record, "dynamicDns", OperatorIdentity.Current(), Lease, out heldBy);

    private static string TypeOf(PublicAddressFamily family) => family == PublicAddressFamily.IPv4 ? "A" : "AAAA";
}
