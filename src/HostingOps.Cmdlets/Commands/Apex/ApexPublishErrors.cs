namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>What the result of a publish means for the error stream: what is not published must never look like success.</summary>
internal static class ApexPublishErrors
{
    /// <summary>The error of a result, or null when it went well.</summary>
    public static HostingException? From(ApexPublishResult result) => result.Outcome is ApexPublishOutcome.Published or ApexPublishOutcome.Unchanged
        ? null
        : new HostingException(
            result.ErrorId ?? ErrorIds.ApexPublishFailed, CategoryOf(result), result.Destination, $"{result.Destination}: {result.Reason}", ActionFor(result));

    private static HostingErrorCategory CategoryOf(ApexPublishResult result) => result switch
    {
        { Outcome: ApexPublishOutcome.Unknown } => HostingErrorCategory.OperationTimeout,
        { ErrorId: ErrorIds.ApexConfigEdited or ErrorIds.PlanStale } => HostingErrorCategory.Refused,
        { ErrorId: ErrorIds.ApexPublishBusy or ErrorIds.ApexPublishConflict } => HostingErrorCategory.Conflict,
        { ErrorId: ErrorIds.SshConnectionFailed } => HostingErrorCategory.ConnectionError,
        { Outcome: ApexPublishOutcome.RolledBack } => HostingErrorCategory.VerificationFailed,
        _ => HostingErrorCategory.ExternalProgramFailed,
    };

    private static string ActionFor(ApexPublishResult result) => result.ErrorId switch
    {
        ErrorIds.ApexConfigEdited => "Bring what was written there into the inventory, then replace the file with -OverwriteEdited.",
        ErrorIds.ApexPublishBusy => "Wait until that ends, and run the command again.",
        ErrorIds.ApexPublishConflict or ErrorIds.PlanStale => "Run the command again.",
        ErrorIds.ApexConfigRejected => "Look at the Text of New-ApexRedirectConfig, and at nginx's version there.",
        ErrorIds.ChangeOutcomeUnknown => "Run the command again: it finds out, and mends.",
        _ => "Look at the redirector, mend what failed, and run the command again.",
    };
}
