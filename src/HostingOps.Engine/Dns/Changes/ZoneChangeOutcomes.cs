using HostingOps.Engine.State;

namespace HostingOps.Engine.Dns.Changes;

/// <summary>Turns what became of switches into results of changes. Pure.</summary>
internal static class ZoneChangeOutcomes
{
    /// <summary>What a request's answer means for a change.</summary>
    public static DnsRecordChangeResult Judge(ZoneOperation operation, DnsRecordChange change, SwitchResult result) => result switch
    {
        { Outcome: SwitchOutcome.Applied } => Result(operation, change, DnsRecordChangeOutcome.Applied, result.Note ?? change.Reason) with { ChangeId = result.ChangeId },
        { Outcome: SwitchOutcome.Conflict, Error: RecordConflictException conflict } when DesiredRecords.SameRecords(conflict.Actual, change.After, compareTtl: true) =>
            Result(operation, change, DnsRecordChangeOutcome.AlreadyThere, "Somebody else made the same change in the meantime."),
        { Outcome: SwitchOutcome.Conflict } => Failed(operation, change, DnsRecordChangeOutcome.Conflict, result),
        { Outcome: SwitchOutcome.Failed } => Failed(operation, change, DnsRecordChangeOutcome.Failed, result),
        _ => Failed(operation, change, DnsRecordChangeOutcome.Unknown, result),
    };

    private static DnsRecordChangeResult Failed(ZoneOperation operation, DnsRecordChange change, DnsRecordChangeOutcome outcome, SwitchResult result) =>
        Result(operation, change, outcome, result.Error!.Message) with { ErrorId = result.Error.ErrorId };

    private static DnsRecordChangeResult Result(ZoneOperation operation, DnsRecordChange change, DnsRecordChangeOutcome outcome, string reason) => new()
    {
        Change = change,
        Outcome = outcome,
        Reason = reason,
        OperationId = operation.Id,
        Checksum = operation.Plan.Checksum,
        Zone = operation.Plan.Zone,
    };
}
