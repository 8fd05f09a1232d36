namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>What a result means for the error and warning streams: a refused switch must never look like success.</summary>
internal static class FailoverErrors
{
    /// <summary>The error of a result that left the site where it was, or nobody knows where; else null.</summary>
    public static HostingException? From(FailoverResult result) => result.Outcome switch
    {
        FailoverOutcome.Refused => Make(
            result, ErrorIds.FailoverRefused, HostingErrorCategory.Refused,
            "Look at the gates with Get-SiteFailoverPlan | Format-List. To switch between two healthy hosts, use -Planned. A gate that should not count here is passed by name: -Override <gate> -Reason <why>."),
        FailoverOutcome.Conflict => Make(
            result, ErrorIds.RecordConflict, HostingErrorCategory.Conflict,
            "Look at the record now with Get-SiteDnsTarget, and make a new plan if the switch is still wanted."),
        FailoverOutcome.Failed => Make(
            result, ErrorIds.Unexpected, HostingErrorCategory.NotSpecified,
            "The records were not changed. Mend the cause and run the command again."),
        FailoverOutcome.Unknown => Make(
            result, ErrorIds.ChangeOutcomeUnknown, HostingErrorCategory.OperationTimeout,
            $"Run Resume-SiteFailover -OperationId {result.OperationId}, which reads what happened and finishes it."),
        _ => null,
    };

    private static HostingException Make(FailoverResult result, string usualId, HostingErrorCategory usualCategory, string action)
    {
        var errorId = result.ErrorId ?? usualId;
        var category = errorId == usualId ? usualCategory : CategoryOf(errorId, usualCategory);
        return new HostingException(errorId, category, result.SiteName, $"{result.SiteName}: {result.Reason}", action);
    }

    private static HostingErrorCategory CategoryOf(string errorId, HostingErrorCategory usual) => errorId switch
    {
        ErrorIds.HookFailed => HostingErrorCategory.ExternalProgramFailed,
        ErrorIds.HookTimedOut or ErrorIds.ChangeNotInSync => HostingErrorCategory.OperationTimeout,
        ErrorIds.SiteBusy or ErrorIds.PlanStale or ErrorIds.RecordConflict => HostingErrorCategory.Conflict,
        ErrorIds.FailoverRefused or ErrorIds.OverrideNotAllowed => HostingErrorCategory.Refused,
        ErrorIds.VerificationFailed => HostingErrorCategory.VerificationFailed,
        ErrorIds.AwsAccessDenied or ErrorIds.AwsCredentialsInvalid or ErrorIds.AwsCredentialsMissing => HostingErrorCategory.AuthenticationError,
        ErrorIds.AwsEndpointUnreachable => HostingErrorCategory.ConnectionError,
        ErrorIds.AwsThrottled => HostingErrorCategory.LimitsExceeded,
        ErrorIds.StateUnavailable => HostingErrorCategory.ResourceUnavailable,
        ErrorIds.StateCorrupt or ErrorIds.StateTooNew or ErrorIds.JournalTampered => HostingErrorCategory.InvalidData,
        _ => usual,
    };
}
