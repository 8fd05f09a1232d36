namespace HostingOps.Cmdlets.Commands.DynamicDns;

/// <summary>What a result means for the error stream: what was not written, or not proven, must never look like success.</summary>
internal static class DynamicDnsErrors
{
    /// <summary>The error of an address that nobody knows.</summary>
    public static HostingException From(PublicIpAddress address) => new(
        ErrorIds.PublicIpUnknown,
        HostingErrorCategory.ConnectionError,
        address.AddressFamily,
        $"The public {address.AddressFamily} address is not known. {address.Reason}",
        "Look at the property Answers; name more sources of other operators.");

    /// <summary>The errors of a result; none when it went well.</summary>
    public static IEnumerable<HostingException> From(DynamicDnsResult result)
    {
        if (Of(result) is { } error)
        {
            yield return error;
        }

        if (result.UplinkChange is { Alerted: false } change)
        {
            yield return new HostingException(
                ErrorIds.UplinkAlertFailed,
                HostingErrorCategory.ConnectionError,
                result.Record,
                $"Nobody could be told of the uplink: {change.Reason}",
                "Look at the warnings; the next run tries again.");
        }

        foreach (var move in result.UplinkChange?.Failovers ?? [])
        {
            if (move.Outcome is not (FailoverOutcome.Succeeded or FailoverOutcome.Unchanged))
            {
                yield return new HostingException(
                    move.ErrorId ?? ErrorIds.FailoverRefused,
                    HostingErrorCategory.Refused,
                    move.SiteName,
                    $"Site '{move.SiteName}' was not failed over to its mirror: {move.Reason}",
                    "The next run tries again; Get-SiteFailoverPlan shows what refuses.");
            }
        }
    }

    private static HostingException? Of(DynamicDnsResult result) => result.Outcome switch
    {
        DynamicDnsOutcome.Unchanged or DynamicDnsOutcome.Waiting or DynamicDnsOutcome.Updated => null,
        DynamicDnsOutcome.AddressUnknown => Make(
            result, ErrorIds.PublicIpUnknown, HostingErrorCategory.ConnectionError, "Nothing was written. Get-PublicIpAddress shows what each source says."),
        DynamicDnsOutcome.Refused => Make(
            result, ErrorIds.DynamicDnsRefused, HostingErrorCategory.Refused, "Nothing was written. Mend what refused, or pass it by its name with -Override."),
        DynamicDnsOutcome.Conflict => Make(
            result, ErrorIds.RecordConflict, HostingErrorCategory.Conflict, "Find out who else writes this record; one machine should."),
        DynamicDnsOutcome.Unknown => Make(
            result, ErrorIds.ChangeOutcomeUnknown, HostingErrorCategory.ConnectionError, "Run it again: it reads the record and finds out."),
        DynamicDnsOutcome.UpdatedUnproven => Make(
            result, ErrorIds.VerificationFailed, HostingErrorCategory.VerificationFailed, "The record is written. Ask the name servers again after a minute."),
        _ => Make(result, ErrorIds.AwsRequestFailed, HostingErrorCategory.NotSpecified, "Nothing was written. Run it again."),
    };

    private static HostingException Make(DynamicDnsResult result, string usualId, HostingErrorCategory category, string action) =>
        new(result.ErrorId ?? usualId, category, result.Record, $"{result.Record} ({result.AddressFamily}): {result.Reason}", action);
}
