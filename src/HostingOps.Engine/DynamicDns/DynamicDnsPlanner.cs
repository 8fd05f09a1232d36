using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Sync;
using HostingOps.Engine.DynamicDns.Asking;
using HostingOps.Engine.DynamicDns.Deciding;
using HostingOps.Engine.DynamicDns.Writing;
using HostingOps.Engine.State;

namespace HostingOps.Engine.DynamicDns;

/// <summary>Looks at the world and decides: what the sources say, what Route 53 has, what is remembered.</summary>
internal sealed class DynamicDnsPlanner(
    HostingInventory inventory, SiteDnsReader dns, HostedZoneReader zones, PublicAddressObserver observer, DynamicDnsWriter writer, DynamicDnsRegister register, TimeProvider time)
{
    /// <summary>A plan for each family of a record. But for a dry run, what was seen is remembered.</summary>
    public async Task<IReadOnlyList<DynamicDnsPlan>> PlanAsync(DynamicDnsRecord record, DynamicDnsOptions options, CancellationToken cancellationToken)
    {
        var zone = await dns.ZoneAsync(cancellationToken).ConfigureAwait(false);
        var observed = await observer.ObserveAsync(record, record.Families, cancellationToken).ConfigureAwait(false);
        var ownership = OwnershipRecord.NameFor(record.Record);
        string[] names = ownership is null ? [record.Record] : [record.Record, ownership];
        var read = await zones.ReadAsync(zone, names, cancellationToken).ConfigureAwait(false);
        var stored = read[record.Record];
        var claim = ownership is null ? [] : read[ownership];
        var plans = new List<DynamicDnsPlan>(observed.Count);
        string? settled = null;
        foreach (var one in observed)
        {
            var now = time.GetUtcNow();
            var settling = options.DryRun
                ? Settling.After(register.Find(zone.Id, record.Record, one.AddressFamily).Settling, one.Address, now)
                : register.Observe(zone.Id, record.Record, one.AddressFamily, one.Address, now);

            // One family speaks for the line: a range that is named for IPv4 only says nothing of IPv6.
            if (plans.Count == 0 && (settling?.IsSettled(record, now) == true || options.Overrides.Contains(DynamicDnsGateName.Settled)))
            {
                settled = one.Address;
            }

            plans.Add(await DecideAsync(record, zone, one, settling, stored, claim, options, now, cancellationToken).ConfigureAwait(false));
        }

        if (plans.Count > 0 && UplinkOf(zone, record, settled, options) is { } change)
        {
            plans[0] = plans[0] with { UplinkChange = change };
        }

        return plans;
    }

    private async Task<DynamicDnsPlan> DecideAsync(
        DynamicDnsRecord record,
        HostedZoneReference zone,
        PublicIpAddress observed,
        Settling? settling,
        IReadOnlyList<DnsRecordSet> stored,
        IReadOnlyList<DnsRecordSet> claim,
        DynamicDnsOptions options,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var (_, known, lastWrite) = register.Find(zone.Id, record.Record, observed.AddressFamily);
        var facts = new DynamicDnsFacts
        {
            Settings = record,
            Observed = observed,
            Settling = settling,
            Stored = stored,
            Owner = inventory.Owner,
            Claim = claim,
            Known = known,
            LastWrite = lastWrite,
            Uplink = UplinkRanges.Find(inventory.Uplinks, observed.Address),
            Overrides = options.Overrides,
            Now = now,
        };
        var gates = DynamicDnsGates.Evaluate(facts);
        var before = DesiredRecords.AddressSetsOf(stored);
        var plan = new DynamicDnsPlan
        {
            Settings = record,
            Zone = zone,
            Observed = observed,
            Gates = gates,
            From = facts.Present is { Values: [var value] } ? value : null,
            Change = new DnsSwitch { SiteName = record.Record, Record = record.Record, Before = before, After = After(facts, before) },
            CreatedAt = now,
        };
        if (!options.DryRun && await writer.ReconcileAsync(plan, stored, options, cancellationToken).ConfigureAwait(false) is { Closed: true } past)
        {
            // What is remembered is another by now: known address and last write.
            return past.Carried is { } carried && facts.ChangesNothing
                ? plan with { Ended = carried }
                : await DecideAsync(record, zone, observed, settling, stored, claim, options, now, cancellationToken).ConfigureAwait(false);
        }

        if (facts.ChangesNothing && !options.DryRun && known != observed.Address)
        {
            register.Know(zone.Id, record.Record, observed.AddressFamily, observed.Address!);
        }

        return DynamicDnsGates.Verdict(facts, gates) is { } verdict ? plan with { Ended = plan.Result(verdict.Outcome, verdict.Reason, now) } : plan;
    }

    private static IReadOnlyList<DnsRecordSet> After(DynamicDnsFacts facts, IReadOnlyList<DnsRecordSet> before) => facts.Observed.Address is not { } address
        ? before
        : [
            .. before.Where(set => set.Type != facts.Type),
            new DnsRecordSet { Name = facts.Settings.Record, Type = facts.Type, Ttl = facts.Settings.Ttl, Values = [address] },
        ];

    // Nothing is said of the uplink while no address has settled: a line that flaps would tell its story every minute.
    private UplinkChange? UplinkOf(HostedZoneReference zone, DynamicDnsRecord record, string? settled, DynamicDnsOptions options)
    {
        var (name, pending) = register.Uplink(zone.Id, record.Record);
        pending = pending is null ? null : AsWantedNow(pending);
        if (settled is null || inventory.Uplinks.Count == 0)
        {
            // The line may be the usual one again by now: no site is moved for one that nobody sees.
            return pending is { Reaction: UplinkReaction.SwitchToMirror } ? null : pending;
        }

        var now = UplinkRanges.Find(inventory.Uplinks, settled);
        if (now?.Name == name)
        {
            return pending;
        }

        // The way back is as worth telling as the way there.
        var reaction = now?.Reaction ?? ReactionToLeaving(name);
        var change = new UplinkChange
        {
            Record = record.Record,
            From = name,
            To = now?.Name,
            Address = settled,
            At = time.GetUtcNow(),
            Reaction = reaction,
            Reason = $"This machine now reaches the world over {Line(now?.Name)} ({settled}) instead of {Line(name)}.",
        };
        if (!options.DryRun)
        {
            register.SetUplink(zone.Id, record.Record, now?.Name, change);
        }

        return change;
    }

    // What is tried again follows the inventory as it is now; a line that is gone from it wants nothing any more.
    private UplinkChange? AsWantedNow(UplinkChange pending)
    {
        if (Named(pending.To ?? pending.From) is null)
        {
            return null;
        }

        var reaction = Named(pending.To)?.Reaction ?? ReactionToLeaving(pending.From);
        return pending with { Reaction = reaction, Alerted = reaction == UplinkReaction.None ? null : pending.Alerted };
    }

    private UplinkReaction ReactionToLeaving(string? name) =>
        Named(name) is null or { Reaction: UplinkReaction.None } ? UplinkReaction.None : UplinkReaction.Alert;

    private UplinkSettings? Named(string? name) => inventory.Uplinks.FirstOrDefault(uplink => uplink.Name == name);

    private static string Line(string? name) => name is null ? "its usual line" : $"the uplink '{name}'";
}
