namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>What the result of a recovery means for the error stream: what was not recovered, or not proven, must never look like success.</summary>
internal static class ApexRecoveryErrors
{
    /// <summary>The error of a result, or null when it went well.</summary>
    public static HostingException? From(ApexRecoveryResult result) => result.Outcome switch
    {
        ApexRecoveryOutcome.Restored => null,
        ApexRecoveryOutcome.Refused => Make(
            result, ErrorIds.ApexRecoveryRefused, HostingErrorCategory.Refused, "Mend what refused, and run the command again."),
        ApexRecoveryOutcome.Conflict => Make(
            result, ErrorIds.ElasticIpConflict, HostingErrorCategory.Conflict, "Look at the address with Get-ElasticIp, and run the command again if the recovery is still wanted."),
        ApexRecoveryOutcome.MovedUnproven => Make(
            result,
            ErrorIds.RedirectsNotProven,
            HostingErrorCategory.VerificationFailed,
            $"Look at the instance, and at {History(result)}{(result.Undo is { } undo ? $"; the way back: {undo.Command}" : ".")}"),
        ApexRecoveryOutcome.Unknown => Make(
            result, ErrorIds.ChangeOutcomeUnknown, HostingErrorCategory.OperationTimeout, "Restore-ApexRedirector -Resume reads what happened, and never launches twice."),
        ApexRecoveryOutcome.NotMoved => Make(
            result, ErrorIds.RedirectorNotServing, HostingErrorCategory.VerificationFailed, $"The address was not moved. Look at {History(result)}; go on, or terminate the instance and run the command again."),
        _ => Make(result, ErrorIds.InstanceNotStarted, HostingErrorCategory.ResourceUnavailable, "Nothing was moved; mend the cause, and run the command again."),
    };

    private static string History(ApexRecoveryResult result) => $"Get-ApexHistory {result.OperationId}";

    private static HostingException Make(ApexRecoveryResult result, string usualId, HostingErrorCategory category, string action) =>
        new(result.ErrorId ?? usualId, category, result.PublicIp, $"{result.PublicIp}: {result.Reason}", action);
}
