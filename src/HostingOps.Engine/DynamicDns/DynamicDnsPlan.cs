using HostingOps.Engine.Dns;

namespace HostingOps.Engine.DynamicDns;

/// <summary>What would be written for one record and one address family, with every condition and its answer.</summary>
public sealed record DynamicDnsPlan
{
    /// <summary>The record and its settings.</summary>
    public required DynamicDnsRecord Settings { get; init; }

    /// <summary>The hosted zone.</summary>
    public required HostedZoneReference Zone { get; init; }

    /// <summary>What the sources say.</summary>
    public required PublicIpAddress Observed { get; init; }

    /// <summary>Every condition with its answer.</summary>
    public required IReadOnlyList<DynamicDnsGate> Gates { get; init; }

    /// <summary>The compare-and-swap, of all address record sets of the name: the other family's stay as they are.</summary>
    public required DnsSwitch Change { get; init; }

    /// <summary>The result when nothing is to be written, or null.</summary>
    public DynamicDnsResult? Ended { get; init; }

    /// <summary>The change of uplink that wants a reaction, or null.</summary>
    public UplinkChange? UplinkChange { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The record's full name.</summary>
    public string Record => Settings.Record;

    /// <summary>IPv4 or IPv6.</summary>
    public PublicAddressFamily AddressFamily => Observed.AddressFamily;

    /// <summary>The address before, or null.</summary>
    public string? From { get; init; }

    /// <summary>The address that is wanted, or null.</summary>
    public string? To => Observed.Address;

    /// <inheritdoc/>
    public override string ToString() => $"{Record} {AddressFamily}: {From ?? "none"} -> {To ?? "unknown"}";

    /// <summary>This plan after the record's other family was written: both were made from one read of the name.</summary>
    /// <param name="written">What was written.</param>
    internal DynamicDnsPlan Following(DnsSwitch written)
    {
        var own = AddressFamily == PublicAddressFamily.IPv4 ? "A" : "AAAA";
        return this with { Change = Change with { Before = Merged(Change.Before), After = Merged(Change.After) } };

        DnsRecordSet[] Merged(IReadOnlyList<DnsRecordSet> sets) =>
            [.. written.After.Where(set => set.Type != own), .. sets.Where(set => set.Type == own)];
    }

    /// <summary>A result of this plan.</summary>
    internal DynamicDnsResult Result(DynamicDnsOutcome outcome, string reason, DateTimeOffset at) => new()
    {
        Record = Record,
        AddressFamily = AddressFamily,
        Outcome = outcome,
        Reason = reason,
        From = From,
        To = To,
        AgreedBy = Observed.AgreedBy,
        OutvotedBy = Observed.OutvotedBy,

        // What is in order was asked nothing.
        Gates = outcome == DynamicDnsOutcome.Unchanged ? [] : Gates,
        Uplink = Observed.Uplink,
        ErrorId = outcome switch
        {
            DynamicDnsOutcome.AddressUnknown => ErrorIds.PublicIpUnknown,
            DynamicDnsOutcome.Refused => ErrorIds.DynamicDnsRefused,
            DynamicDnsOutcome.Conflict => ErrorIds.RecordConflict,
            DynamicDnsOutcome.Unknown => ErrorIds.ChangeOutcomeUnknown,
            DynamicDnsOutcome.UpdatedUnproven => ErrorIds.VerificationFailed,
            DynamicDnsOutcome.Failed => ErrorIds.AwsRequestFailed,
            _ => null,
        },
        At = at,
    };
}
