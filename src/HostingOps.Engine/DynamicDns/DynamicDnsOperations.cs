using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using HostingOps.Engine.Dns;
using HostingOps.Engine.DynamicDns.Uplinks;
using HostingOps.Engine.DynamicDns.Writing;
using HostingOps.Engine.State;

namespace HostingOps.Engine.DynamicDns;

/// <summary>Dynamic records: look, decide, write, react. What the cmdlets and the agent call.</summary>
public sealed class DynamicDnsOperations
{
    private readonly HostingInventory inventory;
    private readonly DynamicDnsPlanner planner;
    private readonly DynamicDnsWriter writer;
    private readonly DynamicDnsRegister register;
    private readonly UplinkReactor reactor;

    internal DynamicDnsOperations(
        HostingInventory inventory, DynamicDnsPlanner planner, DynamicDnsWriter writer, DynamicDnsRegister register, UplinkReactor reactor)
    {
        this.inventory = inventory;
        this.planner = planner;
        this.writer = writer;
        this.register = register;
        this.reactor = reactor;
    }

    /// <summary>Plans by reading: a plan for each address family of the record. But for a dry run, what was seen is remembered.</summary>
    /// <exception cref="HostingException">InvalidArgument, StateUnavailable, StateCorrupt, or an AWS error.</exception>
    public Task<IReadOnlyList<DynamicDnsPlan>> PlanAsync(DynamicDnsRecord record, DynamicDnsOptions options, CancellationToken cancellationToken)
    {
        if (options.Overrides.FirstOrDefault(static gate => !Deciding.DynamicDnsGates.MayOverride(gate), (DynamicDnsGateName)(-1)) is var gate && (long)gate >= 0)
        {
            throw new HostingException(
                ErrorIds.OverrideNotAllowed,
                HostingErrorCategory.InvalidArgument,
                gate.ToString(),
                $"The condition {gate} can't be overridden.",
                "Those that can: Settled, Floor, Uplink, RecordKnown.");
        }

        return planner.PlanAsync(record, options, cancellationToken);
    }

    /// <summary>Writes what a plan wants, and proves it. What goes wrong after the beginning is in the result.</summary>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt: nothing was written, or the next run finds out.</exception>
    public Task<DynamicDnsResult> ApplyAsync(DynamicDnsPlan plan, DynamicDnsOptions options, CancellationToken cancellationToken) =>
        plan.Ended is { } ended ? Task.FromResult(ended) : writer.WriteAsync(plan, options, cancellationToken);

    /// <summary>Reacts to a change of uplink as the inventory says.</summary>
    public Task<UplinkChange> ReactAsync(DynamicDnsPlan plan, CancellationToken cancellationToken) =>
        reactor.ReactAsync(plan.Zone.Id, plan.UplinkChange!, cancellationToken);

    /// <summary>Looks, asks, writes and reacts, once for each record; a result for each of its families.</summary>
    /// <remarks>What fails for one record stops no other; the first such error is thrown when all have had their turn.</remarks>
    /// <param name="records">The records.</param>
    /// <param name="options">How.</param>
    /// <param name="mayReact">Whether to react to a plan's change of uplink.</param>
    /// <param name="mayWrite">Whether to write what a plan wants; not asked for a dry run's or an ended plan.</param>
    /// <param name="cancellationToken">Stops; a write that was begun is found again by the next run.</param>
    public async IAsyncEnumerable<DynamicDnsResult> UpdateAsync(
        IReadOnlyList<DynamicDnsRecord> records,
        DynamicDnsOptions options,
        Func<DynamicDnsPlan, Task<bool>> mayReact,
        Func<DynamicDnsPlan, Task<bool>> mayWrite,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HostingException? first = null;
        foreach (var record in records)
        {
            var (plans, unplanned) = await TryAsync(() => PlanAsync(record, options, cancellationToken)).ConfigureAwait(false);
            first ??= unplanned;
            DnsSwitch? written = null;
            foreach (var made in plans ?? [])
            {
                var plan = written is null ? made : made.Following(written);
                var (uplink, unreacted) = plan.UplinkChange is not null && await mayReact(plan).ConfigureAwait(false)
                    ? await TryAsync(() => ReactAsync(plan, cancellationToken)).ConfigureAwait(false)
                    : default;
                var begun = plan.Ended is null && await mayWrite(plan).ConfigureAwait(false);
                var (result, unwritten) = begun
                    ? await TryAsync(() => ApplyAsync(plan, options, cancellationToken)).ConfigureAwait(false)
                    : (plan.Ended, null);
                first ??= unreacted ?? unwritten;
                if (result is null && uplink is null)
                {
                    continue;
                }

                if (begun && result?.Outcome is DynamicDnsOutcome.Updated or DynamicDnsOutcome.UpdatedUnproven)
                {
                    written = plan.Change;
                }

                // What was done about the uplink is told also when the record was not written.
                result = (result ?? Unwritten(plan, uplink!, unwritten)) with { UplinkChange = uplink, InventoryPath = inventory.Path };
                if (uplink is not null && (uplink.Completed || plan.UplinkChange!.Alerted is null))
                {
                    // Not what is tried again every minute: it is in the history already. Who was kept out has begun no entry.
                    var ofWrite = begun && unwritten is null && result.ErrorId != ErrorIds.DynamicDnsBusy;
                    first ??= (await TryAsync(() => NoteAsync(plan, result, ofWrite)).ConfigureAwait(false)).Error;
                }

                yield return result;
            }
        }

        if (!options.DryRun)
        {
            // One of several channels may have missed an earlier change, and no watcher need run on this machine.
            await reactor.SettleAsync(cancellationToken).ConfigureAwait(false);
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private static DynamicDnsResult Unwritten(DynamicDnsPlan plan, UplinkChange uplink, HostingException? error) => error is null
        ? plan.Result(DynamicDnsOutcome.Waiting, "The write was not confirmed; nothing was written.", uplink.At)
        : plan.Result(DynamicDnsOutcome.Unknown, $"{error.Message} The next run reads the record and finds out.", uplink.At);

    private static async Task<(T? Value, HostingException? Error)> TryAsync<T>(Func<Task<T>> work)
        where T : class
    {
        try
        {
            return (await work().ConfigureAwait(false), null);
        }
        catch (HostingException error)
        {
            return (null, error);
        }
    }

    private Task<DynamicDnsResult> NoteAsync(DynamicDnsPlan plan, DynamicDnsResult result, bool ofWrite)
    {
        register.Note(plan.Zone.Id, result, ofWrite);
        return Task.FromResult(result);
    }
}
