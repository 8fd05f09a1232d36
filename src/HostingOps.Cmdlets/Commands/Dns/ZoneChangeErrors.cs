namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>What the results of zone changes mean for the error stream: what was not made, or not proven, must never look like success.</summary>
internal static class ZoneChangeErrors
{
    /// <summary>The error of a result, or null when it went well.</summary>
    public static HostingException? From(DnsRecordChangeResult result) => result.Outcome switch
    {
        DnsRecordChangeOutcome.Applied or DnsRecordChangeOutcome.AlreadyThere => null,
        DnsRecordChangeOutcome.Conflict => Make(
            result, ErrorIds.RecordConflict, HostingErrorCategory.Conflict, "Nothing was changed there. Run the command again: it starts from what is there now."),
        DnsRecordChangeOutcome.NotProven => Make(
            result, ErrorIds.VerificationFailed, HostingErrorCategory.VerificationFailed, "The records are changed in Route 53. Look at the name servers."),
        DnsRecordChangeOutcome.Unknown => Make(
            result, ErrorIds.ChangeOutcomeUnknown, HostingErrorCategory.OperationTimeout, $"Run the command again with -Checksum {result.Checksum}: it reads what happened, and does the rest."),
        _ => Make(result, ErrorIds.AwsRequestFailed, HostingErrorCategory.NotSpecified, "Nothing was changed there. Mend the cause, and run the command again."),
    };

    private static HostingException Make(DnsRecordChangeResult result, string usualId, HostingErrorCategory category, string action) =>
        new(result.ErrorId ?? usualId, category, result.Record, $"{result.Record}: {result.Reason}", action);
}
