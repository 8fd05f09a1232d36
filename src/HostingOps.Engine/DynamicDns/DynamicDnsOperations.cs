using System.Runtime.CompilerServices;
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
        foreach (var record in records)
        {
            foreach (var plan in await PlanAsync(record, options, cancellationToken).ConfigureAwait(false))
            {
                var uplink = plan.UplinkChange is not null && await mayReact(plan).ConfigureAwait(false)
                    ? await ReactAsync(plan, cancellationToken).ConfigureAwait(false)
                    : null;
                var result = plan.Ended
                    ?? (await mayWrite(plan).ConfigureAwait(false) ? await ApplyAsync(plan, options, cancellationToken).ConfigureAwait(false) : null);
                if (result is null)
                {
                    continue;
                }

                result = result with { UplinkChange = uplink, InventoryPath = inventory.Path };
                if (uplink is not null && (uplink.Completed || plan.UplinkChange!.Alerted is null))
                {
                    // Not what is tried again every minute: it is in the history already.
                    register.Note(plan.Zone.Id, result, ofWrite: plan.Ended is null);
                }

                yield return result;
            }
        }
    }
}
